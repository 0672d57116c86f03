"""Has this been said, or checked, before? An index of what is known, and
what of it resembles a text: found by its words, ranked by a small
trained model, with the reasons.
"""
