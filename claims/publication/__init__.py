"""What happens to a verdict when it is published and after that."""
