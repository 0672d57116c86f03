"""Read the pictures that were attached before pictures were compared."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef

from sources.choices import CaptureKind
from sources.filestore import StorageError, opened
from sources.models import Capture, Picture
from sources.stored_pictures import keep_picture
from sources.uploads import PICTURES, FileError, picture_of


class Command(BaseCommand):
    help = (
        "Read the attached pictures that were not read yet, and compare them with the others."
        " Once after the upgrade that brings pictures; again reads what failed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        read = Picture.objects.filter(sha256=OuterRef("body_sha256"))
        files = Capture.objects.filter(
            ~Exists(read), kind=CaptureKind.UPLOAD, content_type__in=PICTURES
        )
        count = 0
        for digest in files.order_by().values_list("body_sha256", flat=True).distinct():
            try:
                with opened(digest) as file:
                    keep_picture(digest, picture_of(file.read()))
            except (StorageError, FileError) as error:
                self.stderr.write(f"{digest}: {error}")
            else:
                count += 1
        self.stdout.write(f"{count} pictures read.")
