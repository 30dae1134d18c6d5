"""A question as a query over the semantic layer, and the query as SQL."""
