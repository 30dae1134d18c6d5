"""Questions below alerts: about the run, or the runs, that the thread began with."""
