"""Search everywhere: its page, and what the field in the header offers."""
