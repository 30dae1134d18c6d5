"""A question in its thread: understood with what was said before it."""
