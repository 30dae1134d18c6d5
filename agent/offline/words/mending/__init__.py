"""What was typed wrong, put right: slips, spaces, sounds, pieces."""
