"""The MLOps catalogue and the bot's own state: what is kept and how it is read."""
