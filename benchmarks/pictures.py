"""How many changed copies of pictures are found by their hashes, and how
many other pictures with them.

    python -m benchmarks.pictures [FOLDER …]

Pictures made by program (scenes, charts, pages of text), and those in
the folders, each photograph also in four quarters. Each third one is
changed and looked up among all.
"""

import io
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from sources.readers.picture_hash import PLAIN, hash_of, views_of
from tests.picture_files import captioned, cropped, saved, scene

_WITHIN = (4, 6, 8, 10)
_WORDS = [
    "the",
    "council",
    "paid",
    "for",
    "trams",
    "ships",
    "schools",
    "water",
    "said",
    "year",
    "percent",
    "of",
    "all",
    "a",
    "budget",
]


def main(folders: list[str]) -> None:
    pictures = [("made scene", scene(seed)) for seed in range(60)]
    pictures += [("chart", _chart(seed)) for seed in range(30)]
    pictures += [("page of text", _page(seed)) for seed in range(30)]
    pictures += [("photograph", one) for folder in folders for one in _photographs(Path(folder))]
    began = time.process_time()
    views = [_views(picture) for _kind, picture in pictures]
    each = 1000 * (time.process_time() - began) / len(pictures)
    print(f"{len(pictures)} pictures, {each:.1f} ms of the processor each")
    _print_found(pictures, views)
    _print_false(pictures, views)


def _print_found(pictures: list[tuple[str, Image.Image]], views: list[list[int]]) -> None:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (kind, picture), known in list(zip(pictures, views, strict=True))[::3]:
        for change, copy in _changes(picture).items():
            found[kind][change].append(_distance(_views(copy, mirror=True), known))
    for kind, changes in found.items():
        print(f"{kind}: percent found within {_WITHIN} bits")
        for change, distances in changes.items():
            shares = [100 * sum(one <= most for one in distances) for most in _WITHIN]
            print(f"  {change:24}", *(f"{share // len(distances):4}" for share in shares))


def _print_false(pictures: list[tuple[str, Image.Image]], views: list[list[int]]) -> None:
    asked = [_views(picture, mirror=True) for _kind, picture in pictures]
    for kind in dict.fromkeys(kind for kind, _picture in pictures):
        numbers = [number for number, (of, _picture) in enumerate(pictures) if of == kind]
        distances = [
            _distance(asked[one], views[other])
            for one in numbers
            for other in numbers
            if one < other
        ]
        near = [sum(one <= most for one in distances) for most in _WITHIN]
        print(f"{kind}: of {len(distances)} pairs that differ within {_WITHIN} bits:", *near)


def _views(picture: Image.Image, *, mirror: bool = False) -> list[int]:
    hashes = [hash_of(view) for view in views_of(picture).values()]
    if mirror:
        hashes.append(hash_of(ImageOps.mirror(picture)))
    return [int(one, 16) for one in hashes if one != PLAIN]


def _distance(asked: list[int], known: list[int]) -> int:
    return min(((one ^ other).bit_count() for one in asked for other in known), default=64)


def _changes(picture: Image.Image) -> dict[str, Image.Image]:
    width, height = picture.size
    written = picture.copy()
    ImageDraw.Draw(written).text((20, height * 0.8), "LOOK AT THIS", font_size=width / 12)
    return {
        "scaled to 160": picture.resize((160, max(1, 160 * height // width))),
        "JPEG, quality 10": _compressed(picture, 10),
        "cropped 5 % each side": cropped(picture),
        "cropped 10 % each side": cropped(picture, 0.1),
        "cropped 5 % at one side": picture.crop((width // 20, 0, width, height)),
        "brighter by 40 %": ImageEnhance.Brightness(picture).enhance(1.4),
        "darker by 40 %": ImageEnhance.Brightness(picture).enhance(0.6),
        "more contrast": ImageEnhance.Contrast(picture).enhance(1.5),
        "caption bar": captioned(picture),
        "half, JPEG 40, caption": _compressed(captioned(picture.reduce(2)), 40),
        "words over it": written,
        "mirrored": ImageOps.mirror(picture),
    }


def _compressed(picture: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(saved(picture, "JPEG", quality=quality))).convert("RGB")


def _chart(seed: int) -> Image.Image:
    chance = random.Random(seed)
    made = Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(made)
    draw.text((60, 15), f"Figures of {chance.randint(1990, 2026)}", fill="black", font_size=24)
    bars = chance.randint(4, 12)
    for number in range(bars):
        left, top = 60 + number * 520 // bars, 430 - chance.randrange(350)
        draw.rectangle((left, top, left + 360 // bars, 430), fill=(30, 90, 160))
    return made


def _page(seed: int) -> Image.Image:
    chance = random.Random(seed)
    made = Image.new("RGB", (480, 640), "white")
    draw, top = ImageDraw.Draw(made), 30
    while top < 600:
        words = " ".join(chance.choices(_WORDS, k=chance.randint(2, 9)))
        draw.text((30, top), words, fill="black", font_size=chance.choice((14, 16, 22)))
        top += chance.choice((20, 24, 40))
    return made


def _photographs(folder: Path) -> list[Image.Image]:
    found = []
    for path in sorted((*folder.glob("*.png"), *folder.glob("*.jpg"))):
        picture = Image.open(path).convert("RGB")
        picture.thumbnail((800, 800))
        width, height = picture.size
        found.append(picture)
        if width >= 400 and height >= 300:
            middle = (width // 2, height // 2)
            found += [
                picture.crop((left, top, left + middle[0], top + middle[1]))
                for left in (0, middle[0])
                for top in (0, middle[1])
            ]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
