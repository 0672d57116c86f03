"""Versions of what the newsroom itself says on its pages for readers."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import SitePage
from claims.models import SiteText
from claims.publication.text_versions import add_version
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere


def publish(
    *, by: User, page: str, language: str, text: str, in_force_from: datetime | None = None
) -> SiteText:
    """Publish a version of the text of a page in one language, in force
    at once or from a later time. Publishing the text of its newest
    version again returns that version.
    """
    if not may_anywhere(by, "site_text.manage"):
        raise PermissionDenied(_("Only newsroom admins can publish texts for readers."))
    second_factor.require(by, "site_text.manage")
    if page not in SitePage.values:
        raise ValidationError({"page": _("There is no such page.")})
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("The site is not shown in this language.")})
    with transaction.atomic():
        version, changes = add_version(
            SiteText(page=page, language=language),
            by=by,
            text=text,
            in_force_from=in_force_from,
            page=page,
            language=language,
        )
        if changes:
            log_change("site_text.publish", version, by=by, changes=changes)
    return version
