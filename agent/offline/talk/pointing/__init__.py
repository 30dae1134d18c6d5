"""Questions that point to what was said: a pronoun, a place in a list, what is left out."""
