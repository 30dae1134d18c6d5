"""What people are shown of an answer in the making."""
