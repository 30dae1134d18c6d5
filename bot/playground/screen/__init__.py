"""What the page talks to: what a person sees, and does."""
