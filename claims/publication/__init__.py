"""What happens to a verdict when and after readers see it."""
