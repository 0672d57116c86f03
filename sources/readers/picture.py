"""A picture: its size, what resembles it is found by, what it says of
its making, and a small copy that says nothing of it. Runs in a reader
only.
"""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import warnings
from typing import Any

from PIL import Image, ImageOps

from sources.readers import picture_details
from sources.readers.picture_hash import PLAIN, hash_of, views_of

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# A JPEG can be read at an eighth of its size, the others only whole.
MOST_PIXELS = 100_000_000
READ_AT, PREVIEW = 1024, 640


def prepare() -> None:
    """Read and write one of each kind: what Pillow loads late would not
    be found by a reader, which can open no file.
    """
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # ours counts
    sample = Image.frombytes("RGB", (64, 64), bytes(range(256)) * 48)
    for kind in FORMATS:
        file = io.BytesIO()
        with contextlib.suppress(OSError):  # this Pillow may be built without it
            sample.save(file, kind)
        read(file.getvalue())


def read(body: bytes) -> dict[str, Any]:
    try:
        return _read(body)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever a hostile file provokes, the answer is the same)
        return {"refused": "damaged"}


def _read(body: bytes) -> dict[str, Any]:
    with Image.open(io.BytesIO(body), formats=FORMATS) as file:
        width, height = file.size
        if width * height > MOST_PIXELS:
            return {"refused": "too_large"}
        frames = _frames(file)
        details = picture_details.details_of(file)
        file.draft("RGB", (READ_AT, READ_AT))
        turned = ImageOps.exif_transpose(_opaque(file))
    views = {name: hash_of(view) for name, view in views_of(turned).items()}
    mirrored = hash_of(ImageOps.mirror(turned))
    return {
        "format": file.format,
        "width": width,
        "height": height,
        "frames": frames,
        "views": {name: bits for name, bits in views.items() if bits != PLAIN},
        "mirrored": mirrored,
        "details": details,
        "preview": _preview(turned),
    }


def _frames(file: Image.Image) -> int:
    with contextlib.suppress(Exception):
        return min(int(getattr(file, "n_frames", 1)), 100_000)
    return 1


def _opaque(file: Image.Image) -> Image.Image:
    """Small, in RGB, on white, and still with the EXIF that says how to turn it."""
    turn = 1
    with contextlib.suppress(Exception):
        turn = int(file.getexif().get(picture_details.ORIENTATION, 1))
    plain = _plain(file)
    plain.info.clear()
    plain.getexif()[picture_details.ORIENTATION] = turn
    return plain


def _plain(file: Image.Image) -> Image.Image:
    if file.mode.startswith("I"):
        # 16 bits of a grey: converting cuts off all above the lowest eight.
        return _small(file.convert("I").point(lambda value: value / 256).convert("L"))
    if file.mode in ("P", "1"):
        return _small(file.convert("RGBA" if file.has_transparency_data else "RGB"))
    return _small(file)


def _small(picture: Image.Image) -> Image.Image:
    # Made small before anything else: each copy of a large one takes as much memory.
    picture.thumbnail((READ_AT, READ_AT))
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    plain = Image.new("RGB", above.size, "white")
    plain.paste(above, mask=above.getchannel("A"))
    return plain


def _preview(picture: Image.Image) -> str:
    """Drawn anew from the pixels alone: without EXIF, profile, comment
    or bytes behind the end.
    """
    small = Image.frombytes("RGB", picture.size, picture.tobytes())
    small.thumbnail((PREVIEW, PREVIEW))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=80, optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")
