"""How the page draws messages."""
