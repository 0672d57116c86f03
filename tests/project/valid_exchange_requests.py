"""The rows and requests of exports, for valid_requests."""

from factcheck.newsroom.models import Desk, User
from tests.claims.export_cases import exported, imported_claim
from tests.project.api import Step

STEPS: tuple[Step, ...] = (
    ("get", "desk-exports/", {}, None),
    ("get", "desk-exports/{desk_export}/", {}, None),
    ("get", "desk-exports/{desk_export}/file/", {}, None),
    ("post", "desk-exports/", {}, {"desk": "{desk}"}),
    ("get", "imported-claims/", {}, None),
    ("get", "imported-claims/{imported_claim}/", {}, None),
    ("post", "imported-claims/{imported_claim}/take-up/", {}, {}),
)


def exchange_rows(desk: Desk, by: User) -> dict[str, str]:
    return {
        "desk_export": str(exported(desk, by).public_id),
        "imported_claim": str(imported_claim(desk, by).public_id),
    }
