"""Versions of the methodology: how the newsroom works. A verdict names
the one that was in force when its author signed.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Methodology
from claims.publication.text_versions import add_version
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere


def publish(*, by: User, text: str, in_force_from: datetime | None = None) -> Methodology:
    """Publish a version, in force at once or from a later time.
    Publishing the text of the newest version again returns that
    version.
    """
    if not may_anywhere(by, "methodology.manage"):
        raise PermissionDenied(_("Only newsroom admins can publish the methodology."))
    second_factor.require(by, "methodology.manage")
    with transaction.atomic():
        version, changes = add_version(Methodology(), by=by, text=text, in_force_from=in_force_from)
        if changes:
            log_change("methodology.publish", version, by=by, changes=changes)
    return version
