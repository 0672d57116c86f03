"""What is read of a picture, in the sandbox."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any

from sources import sandbox
from sources.process_slots import slot
from sources.sandbox import Limits, TooHeavyError, UnreadableError

LIMITS = Limits(seconds=20, memory=1024 * 2**20)
AT_ONCE = 2
PATIENCE = 30.0  # seconds to wait for a slot
MOST_PREVIEW = 2**20
VIEWS = ("whole", "cut_5", "cut_10", "without_bars")
DAMAGED, TOO_LARGE = "damaged", "too_large"
_TEXTS = frozenset(
    [
        "make",
        "model",
        "software",
        "artist",
        "copyright",
        "description",
        "changed_at",
        "taken_at",
        "offset",
        "lens",
    ]
)
_NUMBERS = {"latitude": 90, "longitude": 180}
_hash = re.compile(r"[0-9a-f]{16}")
_JPEG = b"\xff\xd8\xff"
Details = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class PictureReading:
    """`problem` says why nothing else was read of it. `views` are the
    hashes it is found by, none of a picture of one tone; `mirrored` is
    that of its mirror image, by which others are looked up.

    `preview` is a small JPEG drawn anew, without what the file said of
    its making, which is in `details`.
    """

    problem: str = ""
    format: str = ""
    width: int = 0
    height: int = 0
    frames: int = 0
    views: dict[str, int] = field(default_factory=dict)
    mirrored: int | None = None
    details: Details = field(default_factory=dict)
    preview: bytes = b""


def read_picture(body: bytes) -> PictureReading:
    """Raises BusyError if no picture can be read now, and nothing for
    what the bytes are.
    """
    with slot("picture", places=AT_ONCE, seconds=PATIENCE):
        try:
            answer = sandbox.read("picture", body, options={}, limits=LIMITS)
            return _checked(answer)
        except TooHeavyError:
            return PictureReading(TOO_LARGE)
        except UnreadableError:
            return PictureReading(DAMAGED)


def _checked(answer: Any) -> PictureReading:
    """The reading, of an answer that a hostile picture may have written."""
    if isinstance(answer, dict) and answer.get("refused") in (DAMAGED, TOO_LARGE):
        return PictureReading(answer["refused"])
    try:
        return PictureReading(
            format=_one_of(answer["format"], ("PNG", "JPEG", "WEBP", "GIF")),
            width=_size(answer["width"]),
            height=_size(answer["height"]),
            frames=_size(answer["frames"]),
            views={_one_of(name, VIEWS): _bits(bits) for name, bits in answer["views"].items()},
            mirrored=_bits(answer["mirrored"]) if answer["mirrored"] else None,
            details=_details(answer["details"]),
            preview=_preview(answer["preview"]),
        )
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise UnreadableError("The reader gave another answer than expected.") from error


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError("unknown")
    return str(value)


def _size(value: Any) -> int:
    if not isinstance(value, int) or not 0 < value < 2**31:
        raise ValueError("no size")
    return value


def _bits(value: Any) -> int:
    if not _hash.fullmatch(value):
        raise ValueError("no hash")
    return int(value, 16)


def _details(given: dict[str, Any]) -> Details:
    texts = {name: given[name][:200] for name in _TEXTS & given.keys()}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("no text")
    numbers = {name: float(given[name]) for name in _NUMBERS if name in given}
    # Not a number is never at most anything.
    if not all(abs(value) <= _NUMBERS[name] for name, value in numbers.items()):
        raise ValueError("no place on earth")
    return {**texts, **numbers}


def _preview(value: Any) -> bytes:
    try:
        content = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("no picture") from error
    # Whether it is one is not asked: it goes to browsers as a JPEG and nothing else.
    if not content.startswith(_JPEG) or len(content) > MOST_PREVIEW:
        raise ValueError("no picture")
    return content
