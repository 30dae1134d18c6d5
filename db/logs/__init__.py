"""How db.logfiles reads logs: which places it may, how each kind is read, what becomes of their text."""
