"""Why pipelines fail, and who says so."""
