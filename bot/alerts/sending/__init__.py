"""Delivery: letters on their way to Slack, none lost, one copy in the end."""
