"""The bot's own state: claims, turns, feedback, usage."""
