"""The outbox: letters, who has them, what became of them."""
