"""What a question costs, beside a loop written by hand: `python -m benchmarks`."""
