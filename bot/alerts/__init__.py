"""Alerts: found, routed, sent once, answered by people."""
