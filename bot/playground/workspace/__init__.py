"""What is so at the moment, and the shapes Slack shows it in."""
