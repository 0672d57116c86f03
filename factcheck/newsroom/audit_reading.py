"""Who reads which entries of the audit log: one rule for the screen and
the API.
"""

from django.db.models import Q, QuerySet

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import DeskAccess

VIEW = "audit.view"
# People, access and settings. An admin who is no auditor must not read editorial texts
# here: an entry holds the old and the new value of each field.
VISIBLE_TO_ADMINS = r"^(newsroom\.|claims\.(rating|ratingscale|methodology|sitetext)$)"


def readable(rows: QuerySet[AuditEntry], by: User) -> QuerySet[AuditEntry]:
    """Auditors read everything of their desks; admins people, access
    and settings only.
    """
    reach = DeskAccess.of(by)
    of_no_desk = Q(desk_id__isnull=True)
    audited_desks = reach.where("audit.view_content")
    admin_entries = Q(object_type__regex=VISIBLE_TO_ADMINS) & (
        Q(desk_id__in=reach.where(VIEW)) | of_no_desk
    )
    if not audited_desks:
        return rows.filter(admin_entries)
    return rows.filter(admin_entries | Q(desk_id__in=audited_desks) | of_no_desk)
