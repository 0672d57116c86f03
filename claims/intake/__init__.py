"""From an article to a claim."""
