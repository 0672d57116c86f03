"""Reading an article: its suggestions in place, and what becomes of each."""
