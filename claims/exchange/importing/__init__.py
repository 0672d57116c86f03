"""Fact checks from files and pages of others: read, mapped, tried, and
then written by a worker.
"""
