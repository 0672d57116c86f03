"""A client that reads a page as a browser does."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

_before_the_end_of_a_tag = re.compile(rb"\n *(?=>)")
_indented = re.compile(rb"\n {2,}")


class Reader(Client):
    """Where a template breaks its lines is for whoever reads the template: here a break
    and the indentation after it are one space, so that a test may look for a sentence
    or a tag, and for its absence, whatever the layout. What is typed or quoted keeps
    its breaks: they have no indentation.
    """

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            tight = _before_the_end_of_a_tag.sub(b"", response.content)
            response.content = _indented.sub(b" ", tight)
        return response
