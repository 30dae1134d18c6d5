"""What people say in other words, in files by what it means."""
