"""Fetching pages: guarded, polite, many at once."""
