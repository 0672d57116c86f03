"""Webhooks: events sent to addresses that a desk names, as Standard
Webhooks says (https://www.standardwebhooks.com).
"""
