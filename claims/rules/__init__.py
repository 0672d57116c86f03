"""What must be true of a claim, asked by everybody."""
