"""Rows of the editorial work."""

from claims.models.change import SourceChange
from claims.models.claim import Claim
from claims.models.contact import ContactAttempt
from claims.models.conversation import ConfidentialIdentity, Conversation
from claims.models.evidence import Evidence
from claims.models.interest import Interest
from claims.models.methodology import Methodology
from claims.models.rating import Rating, RatingScale
from claims.models.repetition import Repetition
from claims.models.review import ReviewTask
from claims.models.schedule import ScheduledPublication
from claims.models.submitter import Submitter
from claims.models.suggestion import ArticleDone, Extraction, Suggestion
from claims.models.thread import Thread, ThreadMessage
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
