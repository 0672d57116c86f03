"""Where each rule about evidence, its sources and what gates ask can be tried."""

from tests.project.matrix.entry_point import EntryPoint, api, page

SOURCE = {"url": "https://more.example/", "stance": "context", "finding": "It."}
ENTRY_POINTS: dict[str, tuple[EntryPoint, ...]] = {
    "evidence.attach": (
        api("post", "claims/{claim.public_id}/evidence/", SOURCE),
        page("post", "claims/claim/{claim.pk}/evidence/", SOURCE),
    ),
    "evidence.view": (page("get", "claims/claim/{claim.pk}/evidence/1/capture/"),),
    "gate.waive": (
        api("post", "claims/{claim.public_id}/waivers/", {"reason": "One is enough."}),
        page("post", "claims/claim/{claim.pk}/waivers/", {"reason": "One is enough."}),
    ),
    "reply_request.write": (
        api("post", "claims/{claim.public_id}/reply-requests/", {"person": "The mayor", "channel": "email", "question": "Why?"}),
        page("post", "claims/claim/{claim.pk}/reply-requests/", {"person": "The mayor", "channel": "email", "question": "Why?"}),
    ),
    "link.view": (page("get", "sources/link/{link.pk}/change/"),),
    "link.check": (page("post", "sources/link/{link.pk}/check/"),),
    "publisher.note": (
        api("post", "publishers/{link.publisher.public_id}/notes/", {"level": "with_care", "reason": "It copies."}),
        page("post", "sources/publisher/{link.publisher.pk}/note/", {"level": "with_care", "reason": "It copies."}),
    ),
    "source_change.decide": (
        api("post", "source-changes/{change.public_id}/decision/", {}),
        page("post", "claims/sourcechange/{change.pk}/supports/", {}),
    ),
    "publisher.edit": (
        api("patch", "publishers/{note.link.publisher.public_id}/", {"name": "Another office"}),
        page("post", "sources/owner/add/", {"name": "A house"}),
        page("post", "sources/publisher/{note.link.publisher.pk}/change/", {"name": "Another office"}),
        page("post", "sources/owner/{note.link.publisher.owner.pk}/change/", {"name": "Another office"}),
    ),
    "claimant.edit": (
        api("patch", "claimants/{claimant.public_id}/", {"name": "Ole Moen"}),
        page("post", "sources/claimant/add/", {"name": "Ole Brandt", "kind": "Person"}),
        page("post", "sources/claimant/{claimant.pk}/change/", {"name": "Ole Moen", "kind": "Person"}),
    ),
    "claimant.share": (api("post", "claimants/{claimant.public_id}/share/"), page("post", "sources/claimant/{claimant.pk}/share/"),),
    "evidence.edit": (
        api("patch", "evidence/{item.public_id}/", {"locator": "page 7", "version": 1}),
        page("post", "claims/claim/{claim.pk}/evidence/1/edit/", {"locator": "page 7", "version": 1}),
    ),
    "evidence.identity": (
        api("post", "evidence/{note.public_id}/identity/read/", {"reason": "They call back."}),
        page("post", "claims/claim/{note.claim_id}/evidence/{note.number}/identity/", {"reason": "They call back."}),
    ),
    "identity.reads": (
        api("get", "evidence/{note.public_id}/identity/"),
        page("get", "claims/claim/{note.claim_id}/evidence/{note.number}/identity/"),
    ),
    "identity.grant": (
        api("post", "evidence/{note.public_id}/identity/grants/", {"person": "x", "reason": "x", "ends_at": "2040-01-01T00:00:00Z"}),
        page("post", "claims/claim/{note.claim_id}/evidence/{note.number}/identity/grant/", {"reason": ""}),
    ),
    "identity.manage": (
        api("post", "source-grants/{grant.public_id}/revoke/"),
        page("post", "claims/claim/{note.claim_id}/evidence/{note.number}/identity/two-people/"),
    ),
    "identity.confirm": (api("post", "source-read-requests/{asked_to_read.public_id}/confirm/"),),
}  # fmt: skip
