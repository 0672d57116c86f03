"""Requests of the API answered with success, for what screens beside the workbench do;
`prepare` makes their rows. A part of `valid_requests`.
"""

from typing import Any

from claims.choices import Action
from claims.intake.triage import ClaimDetails, create_claim
from claims.matching import index, variants
from claims.models import Claim, Extraction, RepetitionProposal, Suggestion
from claims.workflow import apply
from factcheck.ledger import clock
from sources.models import Claimant
from tests import factories
from tests.project.api import Step

WORDS = {
    "claimant": {"name": "The mayor"},
    "stated_date": "2026-06-01",
    "words": "Said again.",
    "appearance_url": "https://radio.example/later",
}


def prepare(story: Any) -> None:
    """Fills `story.ids`."""
    published = Claim.objects.get(public_id=story.ids["published"])
    for name, said in (("to add", "declined"), ("to dismiss", "already")):
        suggestion = Suggestion.objects.get(public_id=story.ids[said])
        row = RepetitionProposal.objects.create(
            claim=published, suggestion=suggestion, found_at=clock.now()
        )
        story.ids[name] = str(row.public_id)
    again = ClaimDetails(
        text="The mayor said it again.",
        claimant=factories.claimant("The mayor"),
        stated_date=clock.now().date(),
        appearance_url="https://radio.example/again",
    )
    story.ids["again"] = str(create_claim(story.desk, by=story.by, details=again)[0].public_id)
    version = factories.claim(story.by, on=story.desk)
    apply(version, Action.TAKE, by=story.by)
    variants.link(version, published, by=story.by)
    story.ids["version"] = str(version.public_id)
    index.update_due()
    story.ids["claimant"] = str(Claimant.objects.create(name="Ole", desk=story.desk).public_id)
    job = Extraction.objects.order_by("pk")[0]
    Extraction.objects.filter(pk=job.pk).update(job_state="failed", last_error="Away.")
    story.ids |= {"kind": "extraction", "number": str(job.pk)}


STEPS: tuple[Step, ...] = (
    ("get", "suggestions/accuracy/", {}, None),
    ("get", "matches/accuracy/", {}, None),
    ("get", "statistics/", {}, None),
    ("post", "bulk/", {"made": "bulk_change"}, {"kind": "priority", "claims": [{"claim": "{again}", "version": 1}], "priority": "high", "reason": "A vote."}),
    ("get", "bulk/{bulk_change}/", {}, None),
    ("post", "bulk/{bulk_change}/undo/", {}, {}),
    ("post", "claims/take-next/", {}, {}),
    ("get", "claimants/", {}, None),
    ("get", "claimants/{claimant}/", {}, None),
    ("patch", "claimants/{claimant}/", {}, {"name": "Ole", "kind": "Person", "description": "mayor", "same_as": "https://ole.example/"}),
    ("post", "claimants/{claimant}/share/", {}, {}),
    ("post", "topics/", {"made": "topic"}, {"name": "Harbour", "desk": "{desk}"}),
    ("patch", "topics/{topic}/", {}, {"name": "Harbours"}),
    ("patch", "publishers/{publisher}/", {}, {"name": "A paper", "owner": "A house", "kind": "primary"}),
    ("get", "scales/", {}, None),
    ("post", "scales/", {"made": "rating_scale"}, {"name": "Context"}),
    ("get", "scales/{rating_scale}/", {}, None),
    ("post", "scales/{rating_scale}/ratings/", {"made": "rating"}, {"name": "Half", "definition": "Half.", "colour": "#aa7700", "position": 1, "value": 1, "needs_reply": False}),
    ("patch", "scales/{rating_scale}/", {}, {"name": "In context", "in_use": False}),
    ("patch", "ratings/{rating}/", {}, {"name": "Half true", "definition": "So.", "colour": "#aa7701", "position": 2, "value": None, "needs_reply": True}),
    ("post", "scales/{rating_scale}/versions/", {}, {}),
    ("post", "scales/{rating_scale}/activate/", {}, {}),
    ("post", "methodology/", {}, {"text": "How we work now.", "in_force_from": "{future}"}),
    ("post", "site-texts/", {}, {"page": "about", "language": "en", "text": "Who we are now.", "in_force_from": "{future}"}),
    ("get", "audit/", {}, None),
    ("get", "jobs/", {}, None),
    ("get", "jobs/{kind}/?state=all", {}, None),
    ("get", "jobs/{kind}/{number}/", {}, None),
    ("post", "jobs/{kind}/{number}/again/", {}, {}),
    ("get", "saved-views/", {}, None),
    ("post", "saved-views/", {"made": "saved_view"}, {"screen": "claims.claim", "name": "Late", "query": "due=overdue", "desk": "{desk}"}),
    ("get", "saved-views/{saved_view}/", {}, None),
    ("put", "saved-views/{saved_view}/default/", {}, {"on": True}),
    ("post", "saved-views/{saved_view}/remove/", {}, {}),
    ("get", "notifications/settings/", {}, None),
    ("patch", "notifications/settings/", {}, {"assigned": "off"}),
    ("get", "claims/{claim}/watch/", {}, None),
    ("put", "claims/{claim}/watch/", {}, {"watched": True}),
    ("get", "tokens/", {}, None),
    ("get", "tokens/{api_token}/", {}, None),
    ("post", "tokens/{api_token}/revoke/", {}, {}),
    ("get", "people/", {}, None),
    ("post", "people/", {"made": "user"}, {"byline": "Ana Field", "email": "ana@news.example", "username": "ana", "desk": "{desk}", "role": "checker", "end_date": None, "assigned_only": False}),
    ("get", "people/{user}/", {}, None),
    ("patch", "people/{user}/", {}, {"username": "ana2", "byline": "Ana", "first_name": "A", "last_name": "F", "email": "ana2@news.example"}),
    ("post", "people/{user}/account/", {}, {"action": "lock"}),
    ("get", "roles/", {}, None),
    ("post", "roles/", {}, {"person": "colleague", "desk": "{desk}", "role": "checker", "end_date": None, "assigned_only": True}),
    ("get", "desks/", {}, None),
    ("post", "desks/", {}, {"name": "Another desk", "time_zone": "Europe/London", "evidence_needed": 1, "night_from": "22:00", "night_until": "06:00"}),
    ("get", "desks/{desk}/", {}, None),
    ("patch", "desks/{desk}/", {}, {"reply_hours": 12, "high_risk_hours": None, "triage_threshold": "0.25"}),
    ("get", "feeds/", {}, None),
    ("post", "feeds/", {"made": "followed_feed"}, {"url": "https://paper.example/rss", "desk": "{desk}"}),
    ("get", "feeds/{followed_feed}/", {}, None),
    ("get", "feeds/{followed_feed}/items/", {}, None),
    ("post", "feeds/{followed_feed}/read/", {}, {}),
    ("post", "feeds/{followed_feed}/end/", {}, {}),
    ("get", "claims/{claim}/matches/", {"claim": "again"}, None),
    ("post", "claims/{claim}/matches/{other}/different/", {"claim": "again", "other": "published"}, {}),
    ("post", "claims/{claim}/matches/{other}/different/undo/", {"claim": "again", "other": "published"}, {}),
    ("post", "claims/{claim}/matches/{other}/repetition/", {"claim": "again", "other": "published"}, {}),
    ("post", "claims/{claim}/matches/{other}/variant/", {"claim": "again", "other": "published", "made": "claim_variant"}, {}),
    ("post", "variants/{claim_variant}/undo/", {}, {"reason": "Another year."}),
    ("get", "claims/{claim}/variants/", {"claim": "version"}, None),
    ("post", "claims/{claim}/verdict/copy/", {"claim": "version"}, {"number": 1, "version": 0}),
    ("post", "claims/{claim}/verdict/keep/", {"claim": "version"}, {"reason": "It stands."}),
    ("get", "repetition-proposals/", {}, None),
    ("get", "repetition-proposals/{repetition_proposal}/", {"repetition_proposal": "to add"}, None),
    ("post", "repetition-proposals/{repetition_proposal}/add/", {"repetition_proposal": "to add"}, WORDS),
    ("post", "repetition-proposals/{repetition_proposal}/dismiss/", {"repetition_proposal": "to dismiss"}, {}),
)  # fmt: skip
