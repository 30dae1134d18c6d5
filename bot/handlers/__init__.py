"""Slack listeners: one file a kind of event, found by folder."""
