"""E-mails to a desk, sent on by a provider of mail as requests: each
becomes a tip, and nothing more.
"""
