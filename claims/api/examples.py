"""An example for each operation of the OpenAPI document: the body that it takes, and
the call as a line of the shell. A test has each body read by its serializer.
"""

import json
import re
from typing import Any

ID = "3f0c2d5e-8a41-4b7e-9c06-2d8f7a1b6e54"
# What docs/api.md calls $SITE ends in it.
ROOT = "/api/v1"
_placeholder = re.compile(r"\{(\w+)\}")
_METHODS = ("get", "post", "put", "patch", "delete")
_FORM = "multipart/form-data"
_JSON = "application/json"

Body = dict[str, Any]
# By the id of the operation; those that are not here take an empty object.
BODIES: dict[str, Body] = {
    "send_article": {
        "external_id": "cms-17",
        "title": "Trees",
        "text": "The city planted 4,200 trees in 2025.",
        "address": "https://paper.example/trees",
    },
    "correct_article": {"title": "More trees", "byline": "Ana Field"},
    "choose_suggestion": {
        "start": 0,
        "end": 32,
        "text": "Harbour board reports more ships",
        "version": 1,
    },
    "change_suggestion_span": {
        "start": 0,
        "end": 32,
        "text": "Harbour board reports more ships",
        "version": 1,
    },
    "accept_suggestion": {"claimant": {"name": "The mayor"}, "stated_date": "2026-05-04"},
    "decline_suggestion": {"reason": "opinion", "note": "A view, not a fact."},
    "mark_suggestion_already_checked": {"claim": ID},
    "start_stream": {"title": "Council debate", "language": "en"},
    "send_chunk": {
        "number": 1,
        "speaker": "The mayor",
        "time_code": "00:14:05",
        "text": "We planted 4,200 trees",
    },
    "create_claim": {
        "text": "The city planted 4,200 trees in 2025.",
        "claimant": {"name": "The mayor"},
        "stated_date": "2026-05-04",
    },
    "edit_claim": {"stated_date": "2026-05-05", "version": 3},
    "move_claim": {"action": "take", "version": 3},
    "set_priority": {"priority": "high", "reason": "The council votes on Thursday."},
    "set_risk": {"risk": "high"},
    "set_tags": {"tags": ["budget", "parks"]},
    "choose_topic": {"topic": "Parks"},
    "add_topic": {"name": "Parks"},
    "attach_evidence": {
        "url": "https://register.example/trees",
        "stance": "refutes",
        "quote": "2,100 trees",
    },
    "attach_file": {
        "stance": "refutes",
        "quote": "2,100 trees",
        "publisher": "Park office",
        "file": "letter.pdf",
    },
    "decide_about_picture": {"answer": "same"},
    "attach_interview_note": {
        "person": "Jana Brook",
        "channel": "phone",
        "held_at": "2026-05-04T10:00:00Z",
        "text": "She said: 2,100 trees in all.",
        "stance": "refutes",
        "quote": "2,100 trees",
    },
    "edit_evidence": {"quote": "2,100 trees in all", "version": 1},
    "withdraw_evidence": {"note": "The register was replaced."},
    "decide_source_change": {"note": "Only the headline is new."},
    "add_reliability_note": {"level": "with_care", "reason": "It prints what it is sent."},
    "grant_identity": {
        "person": "colleague",
        "reason": "They call back.",
        "ends_at": "2026-06-01T06:00:00+02:00",
    },
    "read_identity": {"reason": "We call back."},
    "request_reply": {
        "person": "The mayor",
        "channel": "email",
        "question": "Which register do you mean?",
    },
    "record_reply_outcome": {"outcome": "answered", "answer": "The one of 2024."},
    "open_query": {"text": "@editor, is this the final table?", "blocking": True},
    "answer_query": {"text": "It is."},
    "waive_gate": {"reason": "Only one register counts trees."},
    "declare_interest": {"about": "My sister runs her press office.", "claimant": "The mayor"},
    "write_verdict": {
        "version": 0,
        "rating": "False",
        "short_answer": "It planted half.",
        "explanation": "The register lists 2,100 trees.",
        "quote_accuracy": "accurate",
    },
    "add_repetition": {
        "claimant": {"name": "The mayor"},
        "stated_date": "2026-06-01",
        "words": "4,200 trees!",
        "appearance_url": "https://radio.example/noon",
    },
    "add_proposed_repetition": {
        "claimant": {"name": "The mayor"},
        "stated_date": "2026-06-01",
        "words": "4,200 trees!",
        "appearance_url": "https://radio.example/noon",
    },
    "unlink_variant": {"reason": "It is about another year."},
    "copy_verdict": {"number": 1, "version": 0},
    "keep_verdict": {"reason": "The street is not in this one."},
    "follow_feed": {"url": "https://paper.example/feed.xml"},
    "withdraw_repetition": {"reason": "It was somebody else."},
    "request_rechecks_for_article": {"note": "The paper withdrew it."},
    "request_rechecks_for_link": {"note": "The office withdrew the table."},
    "request_rechecks_for_verdict": {"note": "It was corrected."},
    "assign_recheck": {"assignee": "checker"},
    "decide_recheck": {"decision": "unaffected", "reason": "It cites another table."},
    "join_tip": {"claim": ID},
    "make_claim_of_tip": {"text": "The city planted 4,200 trees in 2025."},
    "request_recheck_for_tip": {"note": "The table is old."},
    "pass_tip": {"desk": ID},
    "close_tip": {"reason": "spam"},
    "order_desk_export": {"desk": ID},
    "begin_import": {"addresses": "https://checks.example/trees", "origin": "own_archive"},
    "choose_columns": {"mapping": {"claim": "Claim", "rating": "Verdict"}, "language": "en"},
    "create_webhook": {
        "name": "Content system",
        "url": "https://cms.example/factcheck",
        "types": ["verdict.published", "verdict.corrected", "verdict.retracted"],
    },
    "edit_webhook": {"active": False},
    "open_mailbox": {"desk": ID},
    "switch_mailbox": {"active": False},
    "create_service_account": {"name": "Content system", "desk": ID},
    "issue_service_token": {"name": "Articles", "scopes": ["articles:write", "claims:read"]},
    "invite_person": {
        "byline": "Ana Field",
        "email": "ana@news.example",
        "desk": ID,
        "role": "checker",
    },
    "edit_person": {"byline": "Ana Field-Moen"},
    "act_on_account": {"action": "lock"},
    "give_role": {"person": "colleague", "desk": ID, "role": "editor", "end_date": "2026-12-31"},
    "watch_claim": {"watched": True},
    "edit_notification_settings": {"assigned": "at_once"},
    "save_view": {
        "screen": "claims.claim",
        "name": "Overdue",
        "query": "status__exact=in_progress&due=overdue",
    },
    "open_list_with_view": {"on": True},
    "change_many_claims": {
        "kind": "hold",
        "claims": [{"claim": ID, "version": 3}],
        "note": "We wait for the register.",
    },
    "edit_claimant": {"description": "mayor of the city"},
    "rename_topic": {"name": "Parks and gardens"},
    "edit_publisher": {"owner": "Park office", "kind": "primary"},
    "add_scale": {"name": "Context"},
    "edit_scale": {"in_use": False},
    "add_rating": {
        "name": "Half true",
        "definition": "Half of it is so.",
        "colour": "#aa7700",
        "position": 3,
        "value": 3,
    },
    "edit_rating": {"definition": "About half of it is so."},
    "publish_methodology": {"text": "Two people sign each verdict."},
    "publish_site_text": {"page": "about", "language": "en", "text": "We check what is said."},
    "create_desk": {"name": "Sports", "time_zone": "Europe/London"},
    "edit_desk": {"evidence_needed": 3},
}


def add_examples(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """A hook of drf-spectacular, called with the whole document."""
    for path, operations in result["paths"].items():
        for method in _METHODS:
            if operation := operations.get(method):
                _add(path, method, operation)
    return result


def _add(path: str, method: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    content = operation.get("requestBody", {}).get("content", {})
    body = BODIES.get(name, {}) if content else None
    for one in content.values():
        one["example"] = body
    call = _call(path, method, body, form=_FORM in content and _JSON not in content)
    operation["x-codeSamples"] = [{"lang": "sh", "source": call}]


def _call(path: str, method: str, body: Body | None, *, form: bool) -> str:
    url = _placeholder.sub(ID, path.removeprefix(ROOT))
    parts = ["curl -sS", '-H "Authorization: Bearer $TOKEN"']
    if method != "get":
        parts.append(f"-X {method.upper()}")
    if form:
        fields = (body or {}).items()
        parts += [f"-F {name}={'@' * (name == 'file')}{value!r}" for name, value in fields]
    elif body is not None:
        parts.append('-H "Content-Type: application/json"')
        parts.append(f"-d '{json.dumps(body, ensure_ascii=False)}'")
    return " ".join([*parts, f'"$SITE{url}"'])
