"""What sources tells those who build on it; sent inside the transaction that stored the thing, but
for the last.
"""

from django.dispatch import Signal

article_ready = Signal()  # version: ArticleVersion
capture_stored = Signal()  # link: Link, capture: Capture
captures_unchanged = (
    Signal()
)  # captures: dict[int, int], by the id of the link that still showed this; sent after the commit
