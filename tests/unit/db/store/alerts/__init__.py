"""Alerts in the store: episodes, storms, presses, clocks."""
