"""A client of factcheck's API. See README.md."""

from factcheck_client.client import Client
from factcheck_client.errors import ApiError, UnreachableError

__all__ = ["ApiError", "Client", "UnreachableError"]
