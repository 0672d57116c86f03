"""Rows of the editorial work."""

from claims.models.bulk_change import BulkChange, BulkItem
from claims.models.claim import Claim
from claims.models.claim_variant import ClaimVariant, VerdictCopy
from claims.models.desk_channel import ChannelPost, DeskChannel
from claims.models.desk_export import DeskExport
from claims.models.event import Event, EventCount
from claims.models.evidence import Evidence
from claims.models.form_draft import FormDraft
from claims.models.imported_claim import BroughtExport, BroughtRecord, ImportedClaim
from claims.models.imported_fact_check import ImportedFactCheck
from claims.models.importing import Import, ImportRow
from claims.models.interest import Interest
from claims.models.interview import ConfidentialIdentity, Interview
from claims.models.known_claim import KnownClaim
from claims.models.listing import Listing
from claims.models.live import LiveChunk, LiveSentence, LiveStream
from claims.models.mailbox import Mailbox
from claims.models.match_decision import (
    DifferentClaim,
    MatchAnswer,
    RepeatCheck,
    RepetitionProposal,
)
from claims.models.methodology import Methodology
from claims.models.notification import Notification, NotificationSetting, Watch
from claims.models.picture_decision import PictureDecision
from claims.models.public_change import PublicChange
from claims.models.query import Query, QueryMessage
from claims.models.rating import Rating, RatingScale
from claims.models.reader_tip import ReaderTip
from claims.models.recheck import Recheck
from claims.models.reference import Reference
from claims.models.repetition import Repetition
from claims.models.reply_request import ReplyRequest
from claims.models.scheduled_publication import ScheduledPublication
from claims.models.signed_content import SignedContent
from claims.models.site_text import SiteText
from claims.models.source_access import SourceGrant, SourceRead, SourceReadRequest
from claims.models.source_change import SourceChange
from claims.models.suggestion import Extraction, FinishedArticle, Suggestion
from claims.models.tag import ClaimTag
from claims.models.tip import Tip, TipMessage
from claims.models.topic import Topic
from claims.models.transition import Transition
from claims.models.verdict import Verdict
from claims.models.verdict_revision import VerdictRevision
from claims.models.waiver import Waiver
from claims.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "BroughtExport",
    "BroughtRecord",
    "BulkChange",
    "BulkItem",
    "ChannelPost",
    "Claim",
    "ClaimTag",
    "ClaimVariant",
    "ConfidentialIdentity",
    "DeskChannel",
    "DeskExport",
    "DifferentClaim",
    "Event",
    "EventCount",
    "Evidence",
    "Extraction",
    "FinishedArticle",
    "FormDraft",
    "Import",
    "ImportRow",
    "ImportedClaim",
    "ImportedFactCheck",
    "Interest",
    "Interview",
    "KnownClaim",
    "Listing",
    "LiveChunk",
    "LiveSentence",
    "LiveStream",
    "Mailbox",
    "MatchAnswer",
    "Methodology",
    "Notification",
    "NotificationSetting",
    "PictureDecision",
    "PublicChange",
    "Query",
    "QueryMessage",
    "Rating",
    "RatingScale",
    "ReaderTip",
    "Recheck",
    "Reference",
    "RepeatCheck",
    "Repetition",
    "RepetitionProposal",
    "ReplyRequest",
    "ScheduledPublication",
    "SignedContent",
    "SiteText",
    "SourceChange",
    "SourceGrant",
    "SourceRead",
    "SourceReadRequest",
    "Suggestion",
    "Tip",
    "TipMessage",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictCopy",
    "VerdictRevision",
    "Waiver",
    "Watch",
    "WebhookDelivery",
    "WebhookEndpoint",
]
