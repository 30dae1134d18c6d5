"""An answer while it is being made: its steps as a plan, its text as it comes."""
