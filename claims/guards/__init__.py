"""The rules that the database holds itself."""
