"""What the model may call: one file a tool, found by folder."""
