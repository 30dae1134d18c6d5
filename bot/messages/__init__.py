"""Block Kit, pure: records in, blocks out."""
