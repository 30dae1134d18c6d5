"""What people read of alerts: records in, messages out."""
