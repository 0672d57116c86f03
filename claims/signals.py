"""Signals of the workflow for the layers above it.

Sent inside the transaction of the action, after its audit entry.
"""

from django.dispatch import Signal

# claim: Claim, since: datetime | None (edits made after it were undone)
evidence_restored = Signal()
