"""The editorial work over REST."""
