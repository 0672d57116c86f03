"""Querysets that start from what a person may see, or from what is public."""
