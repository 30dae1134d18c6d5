"""Reports of orchestrators: signed, checked, kept once."""
