"""The read-only MLOps catalogue: guarded SQL, schema, semantic layer, sample."""
