"""Which rows are meant: what conditions a question sets."""
