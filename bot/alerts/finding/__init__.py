"""Finding: what the rules name is looked for in the catalogue."""
