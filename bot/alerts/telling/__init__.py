"""What letters say: of alerts, storms and days, in whose language."""
