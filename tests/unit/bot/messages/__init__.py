"""What people are shown of the bot, made of records."""
