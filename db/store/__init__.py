"""The bot's own state: claims, turns, usage."""
