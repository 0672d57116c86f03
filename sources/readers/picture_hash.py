"""What a picture is found by: 64 bits that change little when it is
scaled, recompressed or made brighter. Runs in a reader only.

Each bit says whether one low frequency of the picture is stronger than
the middle one of them (a discrete cosine transform of 32 by 32 grey
dots). Copies are found through views: parts of a picture that a cropped
copy, or one with a caption at its edge, has as its whole.
"""

from __future__ import annotations

import math

from PIL import Image

PLAIN = ""  # of a picture in which there is nothing to see
_DOTS, _BITS = 32, 64
# Greys by which the dots of a picture differ from their mean at least.
_LEAST_CONTRAST = 4.0
# Parts of each side that are cut off for the inner views.
_CUTS = {"cut_5": 0.05, "cut_10": 0.1}
_COSINES = [
    [math.cos(math.pi * frequency * (2 * dot + 1) / (2 * _DOTS)) for dot in range(_DOTS)]
    for frequency in range(9)
]
# The lowest first; the zeroth is the brightness of all.
_FREQUENCIES = sorted(
    ((down, across) for down in range(9) for across in range(9) if down or across),
    key=lambda one: (sum(one), one),
)[:_BITS]
_ROWS = 200
_TONE = 16  # greys within which a dot is of the bar
_BAR_ROW, _TEXT_ROW = 0.95, 0.3  # shares of a row that are of the tone of the bar


def views_of(picture: Image.Image) -> dict[str, Image.Image]:
    width, height = picture.size
    views = {"whole": picture}
    for name, cut in _CUTS.items():
        left, top = round(width * cut), round(height * cut)
        if width - 2 * left >= 8 and height - 2 * top >= 8:
            views[name] = picture.crop((left, top, width - left, height - top))
    top, bottom = _bars(picture)
    if top + bottom >= 4:
        box = (0, round(height * top / _ROWS), width, height - round(height * bottom / _ROWS))
        if box[3] - box[1] >= 8:
            views["without_bars"] = picture.crop(box)
    return views


def hash_of(picture: Image.Image) -> str:
    """Sixteen hexadecimal digits, or PLAIN."""
    grey = picture.convert("L").resize((_DOTS, _DOTS), Image.Resampling.LANCZOS)
    dots = [float(dot) for dot in grey.tobytes()]
    mean = sum(dots) / len(dots)
    if math.sqrt(sum((dot - mean) ** 2 for dot in dots) / len(dots)) < _LEAST_CONTRAST:
        return PLAIN
    rows = [dots[start : start + _DOTS] for start in range(0, len(dots), _DOTS)]
    across = [[sum(map(float.__mul__, wave, row)) for wave in _COSINES] for row in rows]
    columns = list(zip(*across, strict=True))
    strengths = [
        sum(map(float.__mul__, _COSINES[down], columns[along])) for down, along in _FREQUENCIES
    ]
    middle = sorted(strengths)[_BITS // 2]
    bits = "".join("1" if strength > middle else "0" for strength in strengths)
    return f"{int(bits, 2):016x}"


def _bars(picture: Image.Image) -> tuple[int, int]:
    """How many of two hundred rows at the top and at the bottom are a
    bar of one tone, with or without words on it.
    """
    # The nearest dot, not a mean: letters must not blur into the bar.
    grey = picture.convert("L").resize((_ROWS, _ROWS), Image.Resampling.NEAREST).tobytes()
    rows = [grey[start : start + _ROWS] for start in range(0, len(grey), _ROWS)]
    return _bar(rows), _bar(rows[::-1])


def _bar(rows: list[bytes]) -> int:
    tone, end = sorted(rows[0])[_ROWS // 2], 0
    for number, row in enumerate(rows[: 2 * _ROWS // 5], 1):
        share = sum(abs(dot - tone) <= _TONE for dot in row) / _ROWS
        if share >= _BAR_ROW:
            end = number
        elif share < _TEXT_ROW:
            break
    return end
