"""What tests hold on to: the journal of both directions, and faults on demand."""
