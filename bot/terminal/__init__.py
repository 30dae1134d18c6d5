"""How the terminal looks and listens: shared by the commands, which don't know each other."""
