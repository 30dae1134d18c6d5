"""Whether a reading may be trusted: what it left over, what else it could be, what was mended for it."""
