"""What of a message only tells of its asker's situation."""
