"""Rows of the editorial work."""

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.interest import Interest
from claims.models.interview import ConfidentialIdentity, Conversation
from claims.models.methodology import Methodology
from claims.models.query import Thread, ThreadMessage
from claims.models.rating import Rating, RatingScale
from claims.models.reader_tip import Submitter
from claims.models.recheck import ReviewTask
from claims.models.repetition import Repetition
from claims.models.reply_request import ContactAttempt
from claims.models.scheduled_publication import ScheduledPublication
from claims.models.source_change import SourceChange
from claims.models.suggestion import ArticleDone, Extraction, Suggestion
from claims.models.topic import Topic
from claims.models.transition import Transition
from claims.models.verdict import Verdict, VerdictRevision
from claims.models.waiver import Waiver

__all__ = [
    "ArticleDone",
    "Claim",
    "ConfidentialIdentity",
    "ContactAttempt",
    "Conversation",
    "Evidence",
    "Extraction",
    "Interest",
    "Methodology",
    "Rating",
    "RatingScale",
    "Repetition",
    "ReviewTask",
    "ScheduledPublication",
    "SourceChange",
    "Submitter",
    "Suggestion",
    "Thread",
    "ThreadMessage",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictRevision",
    "Waiver",
]
