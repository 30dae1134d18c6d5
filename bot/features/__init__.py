"""What people can do beside asking: each module is one thing, bound by a handler or a subcommand."""
