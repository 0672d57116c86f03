"""What a picture says of its making: EXIF, and the texts of a PNG. Runs
in a reader only. All of it may be forged or missing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image

ORIENTATION = ExifTags.Base.Orientation
_LONGEST = 200
_MAIN = {
    "make": ExifTags.Base.Make,
    "model": ExifTags.Base.Model,
    "software": ExifTags.Base.Software,
    "artist": ExifTags.Base.Artist,
    "copyright": ExifTags.Base.Copyright,
    "description": ExifTags.Base.ImageDescription,
    "changed_at": ExifTags.Base.DateTime,
}
_CAMERA = {
    "taken_at": ExifTags.Base.DateTimeOriginal,
    "offset": ExifTags.Base.OffsetTimeOriginal,
    "lens": ExifTags.Base.LensModel,
}
# Keywords of PNG texts, as its standard writes them.
_TEXTS = {
    "software": "Software",
    "artist": "Author",
    "copyright": "Copyright",
    "description": "Description",
    "changed_at": "Creation Time",
}


def details_of(file: Image.Image) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        exif = file.getexif()
        found |= _words(exif, _MAIN)
        found |= _words(exif.get_ifd(ExifTags.IFD.Exif), _CAMERA)
        found |= _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    with contextlib.suppress(Exception):
        texts = _words(file.info, _TEXTS)
        found = {**texts, **found}
    return found


def _words(given: Mapping[Any, Any], names: Mapping[str, Any]) -> dict[str, str]:
    said = {name: _word(given.get(key)) for name, key in names.items()}
    return {name: word for name, word in said.items() if word}


def _word(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    shown = value[: 4 * _LONGEST] if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in shown).split())[:_LONGEST]


def _place(given: Mapping[Any, Any]) -> dict[str, float]:
    gps = ExifTags.GPS
    with contextlib.suppress(Exception):
        latitude = _degrees(given[gps.GPSLatitude], given[gps.GPSLatitudeRef] == "S")
        longitude = _degrees(given[gps.GPSLongitude], given[gps.GPSLongitudeRef] == "W")
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
    return {}


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = map(float, parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value
