"""What people do in the workspace, and what the app's answers to it mean."""
