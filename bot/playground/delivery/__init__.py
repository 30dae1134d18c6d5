"""What Slack sends to the app, and how it gets there."""
