"""Who may read a confidential source and who did, for a page or an answer."""

from dataclasses import dataclass

from claims.models import ConfidentialIdentity, SourceGrant, SourceRead, SourceReadRequest
from factcheck.ledger import clock

NEWEST = 100


@dataclass(frozen=True, slots=True)
class AccessLog:
    identity: ConfidentialIdentity
    grants: list[SourceGrant]
    requests: list[SourceReadRequest]
    reads: list[SourceRead]


def access_log(identity: ConfidentialIdentity) -> AccessLog:
    open_requests = identity.read_requests.filter(expires_at__gt=clock.now(), read__isnull=True)
    return AccessLog(
        identity,
        list(identity.grants.select_related("person", "by", "revoked_by")[:NEWEST]),
        list(open_requests.select_related("by", "confirmed_by")),
        list(identity.reads.select_related("by", "request__confirmed_by")[:NEWEST]),
    )
