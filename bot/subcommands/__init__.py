"""The words of /mlops: one file a word, found by folder."""
