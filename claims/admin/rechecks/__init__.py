"""Rechecks of published verdicts."""
