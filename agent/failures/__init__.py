"""Why a pipeline failed: known signatures in its log's tail, or a language model that reads it."""
