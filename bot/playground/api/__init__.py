"""What the app calls: the Web API, response URLs, files."""
