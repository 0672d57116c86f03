"""Requests about pictures, answered with success. A part of `valid_requests`."""

from typing import Any

from tests import factories
from tests.picture_rows import BITS, picture_evidence
from tests.project.api import Step


def prepare(story: Any) -> None:
    """Fills `story.ids`: two claims with a picture and a copy of it."""
    for name, bits in (("with picture", BITS), ("with copy", BITS ^ 1)):
        claim = factories.claim(story.by, story.desk)
        _item, picture = picture_evidence(claim, story.by, bits=bits)
        story.ids |= {name: str(claim.public_id), f"of {name}": str(picture.public_id)}


_PICTURE = {"claim": "with picture", "picture": "of with picture"}
STEPS: tuple[Step, ...] = (
    ("get", "claims/{claim}/pictures/", _PICTURE, None),
    ("get", "claims/{claim}/pictures/{picture}/preview/", _PICTURE, None),
    ("post", "claims/{claim}/pictures/{picture}/matches/{other_picture}/", _PICTURE | {"other_picture": "of with copy"}, {"answer": "same"}),
)  # fmt: skip
