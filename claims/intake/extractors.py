"""Which extractor reads what comes in: the setting names it, and what it proposes is checked
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
    try:
        made = import_string(settings.EXTRACTOR)()
    except ImportError as error:
        raise ImproperlyConfigured(
            f"FACTCHECK_EXTRACTOR is {settings.EXTRACTOR!r}: {error}. Name a class or function that"
            " makes an extractor."
        ) from error
    if not all(getattr(made, part, None) for part in ("name", "version", "extract")):
        raise ImproperlyConfigured(
            f"FACTCHECK_EXTRACTOR is {settings.EXTRACTOR!r}, which has no name, version or"
            " extract()."
        )
    return made  # type: ignore[no-any-return]


def read(text: str, *, published: datetime.date | None) -> Reading:
    """Only what stands word for word in the text; what does not is counted and logged, without its
    words.
    """
    extractor = chosen()
    reading = checked(text, extractor.extract(text, published=published))
    if reading.rejected or reading.invented:
        told = {
            "extractor": extractor.name,
            "version": extractor.version,
            "rejected": reading.rejected,
            "invented": reading.invented,
        }
        logger.warning("extraction_not_verbatim", extra=told)
    return reading
