"""Addresses of the page of jobs, for the screens that link to it."""

from urllib.parse import urlencode

from django.urls import reverse


def jobs(**filters: str) -> str:
    """The list of jobs with these filters: kind, state, q."""
    query = urlencode({name: value for name, value in filters.items() if value})
    page = reverse("jobs:page")
    return f"{page}?{query}" if query else page


def again(kind: str, pk: int) -> str:
    return reverse("jobs:again", args=[kind, pk])
