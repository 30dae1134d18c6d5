"""A local Slack with a page in the browser. The rest of the bot reaches it through SLACK_API_URL alone."""
