"""Signals of sources; sent within the transaction that stored the
object, except captures_unchanged.
"""

from django.dispatch import Signal

article_ready = Signal()  # version: ArticleVersion
capture_stored = Signal()  # link: Link, capture: Capture
# captures: dict[int, int], from link id to capture id; sent after the commit of a
# batch, so that receivers do not lock rows while hundreds of links are held.
captures_unchanged = Signal()
# link: Link, which is confirmed dead from now on
link_died = Signal()
