"""Alerts in the store: episodes, their letters, what people set and what the clock has run."""
