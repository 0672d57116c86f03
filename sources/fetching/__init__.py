"""How a page is got: guarded, polite, many at once."""
