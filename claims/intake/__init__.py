"""Intake: from an article, a reader tip or a manual entry to a claim."""
