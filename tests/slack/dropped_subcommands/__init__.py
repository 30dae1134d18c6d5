"""A folder of subcommands, as a test would extend the bot."""
