"""Evidence on the workbench: the list, the forms that add to it, the
actions on each item.
"""

from claims.admin.workbench.evidence import add, captures, edit, identity, items
from claims.admin.workbench.panel import Context, PageState, Panel, Route
from factcheck.newsroom.permissions import may

_ITEM = "evidence/<int:number>"


def context(state: PageState) -> Context:
    by = state.by
    # Nothing of it goes into the context of who may not read it: a template cannot leak
    # it then.
    rows = items.items_of(state) if state.reads_evidence else []
    active = [item for item in rows if item.row.withdrawn_at is None]
    return {
        "reads_evidence": state.reads_evidence,
        "items": active,
        "source_wanted": len(active) < state.claim.sources_needed,
        "withdrawn": [item for item in rows if item.row.withdrawn_at],
        "waiting": [item.row.number for item in active if item.waiting],
        "forms": {
            "source": add.EvidenceForm(),
            "file": add.FileForm(),
            "note": add.NoteForm(),
            "withdraw": items.WithdrawForm(auto_id=False),
        },
        "may_check_links": may(by, "link.check", state.claim),
    }


PANEL = Panel(
    context,
    (
        Route("evidence/", add.add_link, "evidence"),
        Route("files/", add.add_file, "file"),
        Route("notes/", add.add_note, "note"),
        Route(f"{_ITEM}/edit/", edit.edit_evidence_page, "edit_evidence", reads=True),
        Route(f"{_ITEM}/withdraw/", items.withdraw, "withdraw"),
        Route(f"{_ITEM}/read-capture/", items.read_newest_capture, "read_capture"),
        Route(f"{_ITEM}/check/", items.check_link, "check_link"),
        Route(f"{_ITEM}/capture/", captures.capture_page, "capture", reads=True),
        Route(f"{_ITEM}/identity/", identity.identity_page, "identity", reads=True),
        Route(f"{_ITEM}/identity/grant/", identity.grant, "identity_grant"),
        Route(f"{_ITEM}/identity/two-people/", identity.protect, "identity_two_people"),
        Route(
            f"{_ITEM}/identity/grants/<uuid:source_grant>/revoke/",
            identity.revoke,
            "identity_revoke",
        ),
        Route(
            f"{_ITEM}/identity/requests/<uuid:source_read_request>/confirm/",
            identity.confirm,
            "identity_confirm",
        ),
        Route(f"{_ITEM}/file/", captures.evidence_file, "evidence_file", reads=True),
    ),
    edits=("source", "evidence.attach"),
)
