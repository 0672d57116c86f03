"""Published verdicts that are to be looked at again."""
