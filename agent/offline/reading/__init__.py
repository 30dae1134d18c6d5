"""From a sentence's words to a query: what is asked of which rows, and what was left over."""
