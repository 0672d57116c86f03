"""Data for other systems: ClaimReview markup, the export of a claim,
and its verification.
"""
