"""Questions that only change the one before: another row, time, order, group or measure."""
