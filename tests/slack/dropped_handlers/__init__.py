"""A folder of handlers, as a test would extend the bot."""
