"""Pictures as people send them, made by Pillow: each of another kind, and copies of one
that were changed.
"""

import io
import random
from typing import Any

from PIL import ExifTags, Image, ImageDraw, ImageEnhance, ImageOps

TAKEN_AT, MODEL, ARTIST = "2026:05:03 10:11:12", "Camera Model 9", "Pat Photographer"
MARKS = (TAKEN_AT, MODEL, ARTIST)


def scene(seed: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Soft clouds of colour with shapes on them: as many tones as a photograph has."""
    chance = random.Random(seed)
    clouds = [
        Image.frombytes("L", (5, 5), chance.randbytes(25)).resize(size, Image.Resampling.BICUBIC)
        for _ in "RGB"
    ]
    picture = Image.merge("RGB", clouds)
    draw = ImageDraw.Draw(picture)
    for _ in range(5):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        box = (left, top, left + chance.randrange(40, 160), top + chance.randrange(40, 160))
        draw.ellipse(box, fill=tuple(chance.randbytes(3)))
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(*, turned: int = 1) -> Image.Exif:
    """Of a camera in Sydney, with who took it."""
    made = Image.Exif()
    made[ExifTags.Base.Make] = "Maker"
    made[ExifTags.Base.Model] = MODEL
    made[ExifTags.Base.Artist] = ARTIST
    made[ExifTags.Base.Orientation] = turned
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN_AT
    place = made.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "S", "E"
    place[ExifTags.GPS.GPSLatitude] = (33.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitude] = (151.0, 0.0, 36.0)
    return made


def photograph(seed: int = 1, **options: Any) -> bytes:
    return saved(scene(seed), "JPEG", exif=exif(), **options)


def captioned(picture: Image.Image) -> Image.Image:
    """With a black bar below that has white words on it."""
    width, height = picture.size
    bar = height // 6
    made = Image.new("RGB", (width, height + bar), "black")
    made.paste(picture, (0, 0))
    words = "THEY DO NOT WANT YOU TO SEE THIS"
    ImageDraw.Draw(made).text((20, height + bar // 3), words, fill="white", font_size=bar // 3)
    return made


def cropped(picture: Image.Image, share: float = 0.05) -> Image.Image:
    width, height = picture.size
    left, top = round(width * share), round(height * share)
    return picture.crop((left, top, width - left, height - top))


def changed(picture: Image.Image) -> dict[str, bytes]:
    """Copies as they go round."""
    width, height = picture.size
    return {
        "scaled": saved(picture.resize((width // 3, height // 3))),
        "recompressed": saved(picture, "JPEG", quality=15),
        "cropped": saved(cropped(picture)),
        "brighter": saved(ImageEnhance.Brightness(picture).enhance(1.2)),
        "darker": saved(ImageEnhance.Brightness(picture).enhance(0.7)),
        "captioned": saved(captioned(picture)),
        "mirrored": saved(ImageOps.mirror(picture)),
    }


_GREY = scene(3).convert("L")
# By kind, each of one scene that it shows.
SAME_SCENE = {
    "png": saved(scene(3)),
    "jpeg": saved(scene(3), "JPEG"),
    "progressive": saved(scene(3), "JPEG", progressive=True),
    "cmyk": saved(scene(3).convert("CMYK"), "JPEG"),
    "webp": saved(scene(3), "WEBP"),
    "animated": saved(
        scene(3), "GIF", save_all=True, append_images=[scene(4)], duration=100, loop=0
    ),
    "palette": saved(scene(3).convert("P")),
    "transparent": saved(scene(3).convert("RGBA")),
    "16 bit": saved(_GREY.convert("I").point(lambda grey: grey * 256).convert("I;16")),
    "turned": saved(scene(3).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif(turned=6)),
}
ALL = {
    **SAME_SCENE,
    "one dot": saved(Image.new("RGB", (1, 1))),
    "plain": saved(Image.new("RGB", (90, 90), "red")),
    "a line": saved(scene(5, (3000, 1))),
    "truncated": photograph()[:3000],
    "junk": b"\xff\xd8\xff\xe0" + bytes(30),
    "tiff": saved(scene(3), "TIFF"),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "dots": saved(Image.new("1", (20_000, 20_000))),
}
