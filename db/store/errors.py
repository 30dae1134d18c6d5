"""What can go wrong with the bot's own state."""


class StoreUnavailable(Exception):
    """For the operator, and for the user as an apology: the store cannot be opened, read or written.

    The text is a sentence that says what is wrong and what to do.
    """
