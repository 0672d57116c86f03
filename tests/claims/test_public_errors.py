"""Pages of errors: calm, complete without a context, and with a way on."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, override_settings
from django.views import defaults

NO_MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}


def test_an_unknown_address_is_answered_with_a_way_on(client: Client, db: None) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text and 'href="/verdicts/"' in answer.text


def test_a_refusal_says_why_and_what_to_do(rf: RequestFactory, db: None) -> None:
    answer = defaults.permission_denied(
        rf.get("/"), PermissionDenied("Your role does not <allow> it.")
    )
    assert answer.status_code == 403
    assert "Your role does not &lt;allow&gt; it." in answer.content.decode()
    assert "ask an editor" in answer.content.decode()


def test_a_request_that_cannot_be_read_is_answered_without_a_context(rf: RequestFactory) -> None:
    answer = defaults.bad_request(rf.get("/"), SuspiciousOperation("Too many fields."))
    assert answer.status_code == 400
    assert (
        "Nothing was changed" in answer.content.decode()
        and "Too many fields" not in answer.content.decode()
    )


def test_a_request_for_another_host_is_refused_calmly(client: Client) -> None:
    answer = client.get("/verdicts/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "We could not read this request" in answer.text


def test_our_own_failure_is_answered_even_when_static_files_are_missing(
    rf: RequestFactory, tmp_path: Path
) -> None:
    with override_settings(STORAGES=NO_MANIFEST, STATIC_ROOT=tmp_path):
        answer = defaults.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Try again in a minute" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "404", "410", "500", "503"])
def test_error_pages_carry_no_script(name: str) -> None:
    source = (Path(__file__).parents[2] / "templates" / f"{name}.html").read_text(encoding="utf-8")
    assert "<script" not in source and " style=" not in source
