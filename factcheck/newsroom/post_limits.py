"""A limit on what a reader without an account may send: counted by
network as failed sign-ins are, in Redis, and not without it.
"""

from django.http import HttpRequest

from factcheck.newsroom.sign_in_limits import MINUTES, count, network

# More than a school class behind one address; a robot is stopped within a second.
MAX_OF_NETWORK = 20
RETRY_AFTER = MINUTES * 60


def may_post(request: HttpRequest, what: str) -> bool:
    """Count a form that was sent, and say whether to look at it."""
    return count(f"{what}\n{network(request)}") <= MAX_OF_NETWORK
