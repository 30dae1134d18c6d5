"""The deterministic engine: answers without a model."""
