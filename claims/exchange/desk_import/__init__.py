"""Exports of desks that come back, from another newsroom or from our own
former one: checked whole, then kept as imported claims.
"""
