"""What a move tells those above the workflow; sent inside its transaction, once its entry is
written.
"""

from django.dispatch import Signal

evidence_restored = (
    Signal()
)  # claim: Claim, since: datetime | None (edits after it were taken back)
