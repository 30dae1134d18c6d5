"""What was typed, as words that are known: mended, cut into mentions, numbers and dates read."""
