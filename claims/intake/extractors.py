"""The extractor that the settings name, and the check of its candidates
against the text.
"""

import datetime
import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from claims.extraction.extractor import Extractor, Reading, checked

logger = logging.getLogger(__name__)


def chosen() -> Extractor:
    """The extractor of FACTCHECK_EXTRACTOR; raises ImproperlyConfigured
    where it names none.
    """
    try:
        extractor = import_string(settings.EXTRACTOR)()
    except ImportError as error:
        raise ImproperlyConfigured(
            f"FACTCHECK_EXTRACTOR is {settings.EXTRACTOR!r}: {error}. Name a class or function that"
            " makes an extractor."
        ) from error
    if not all(getattr(extractor, part, None) for part in ("name", "version", "extract")):
        raise ImproperlyConfigured(
            f"FACTCHECK_EXTRACTOR is {settings.EXTRACTOR!r}, which has no name, version or"
            " extract()."
        )
    return extractor  # type: ignore[no-any-return]


def read(text: str, *, published: datetime.date | None) -> Reading:
    """The candidates that stand word for word in the text; others are
    counted and logged.
    """
    extractor = chosen()
    reading = checked(text, extractor.extract(text, published=published))
    if reading.rejected or reading.invented:
        # Counts only: the text may be an unpublished draft, and more people read the
        # logs.
        summary = {
            "extractor": extractor.name,
            "version": extractor.version,
            "rejected": reading.rejected,
            "invented": reading.invented,
        }
        logger.warning("extraction_not_verbatim", extra=summary)
    return reading
