"""What is looked up for an answer, and the answer in words."""
