"""Question sets in, scores out."""
