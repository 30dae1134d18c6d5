"""Charts as pictures, where Slack has no block for them: drawn by matplotlib, in a process of its own."""
