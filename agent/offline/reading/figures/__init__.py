"""What is counted, measured, grouped and ranked."""
