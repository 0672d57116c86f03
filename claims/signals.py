"""Signals of the workflow for the layers above it.

Sent inside the transaction of the action.
"""

from django.dispatch import Signal

# claim: Claim, since: datetime | None (edits made after it were undone); sent after the
# audit entry
evidence_restored = Signal()
# transition: Transition, of a claim that is locked; sent before the audit entry, which
# locks the head of the chain
claim_moved = Signal()
# extraction: Extraction, whose suggestions are stored
article_read = Signal()
# claim: Claim, just made; sent before the audit entry, as claim_moved is
claim_created = Signal()
# tip: Tip, just stored, or passed to another desk by: User | None
tip_received = Signal()
# recheck: Recheck, just opened
recheck_opened = Signal()
# recheck: Recheck, just decided
recheck_decided = Signal()
