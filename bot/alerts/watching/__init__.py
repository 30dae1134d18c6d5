"""Whether alerting itself stands still."""
