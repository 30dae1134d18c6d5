"""The mind: question and memory in, answer out. Knows no Slack."""
