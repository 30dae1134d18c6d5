"""Who asks, and how much: their address, their place in the catalogue, their wishes, their limits."""
