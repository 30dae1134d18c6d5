"""A job that the settings leave out."""

from bot.parts import Parts


def register(parts: Parts) -> None:
    """Nothing to do under any settings."""
