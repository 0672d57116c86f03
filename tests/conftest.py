"""One person per role, a desk, and the database they stand in."""

import gc
import os
import secrets
from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from claims.choices import Action
from claims.matching import meaning
from claims.models import Claim, Suggestion
from claims.public_site import kept_pages
from claims.workflow import apply
from factcheck.ledger import term_index
from factcheck.newsroom.models import Desk, User
from sources import process_slots
from tests import databases, factories, shared_rows
from tests.reader import Reader
from tests.shared_rows import shared
from tests.signed_cookies import sign_cookies_of_test_clients

# What a page or an answer says is the same on both databases; what triggers, locks and
# constraints do is not.
PAGES = (
    "test_admin_",
    "test_api_",
    "test_public_",
    "test_demo_",
    "test_every_",
    "test_impossible_by_a",
    "test_permission_matrix",
)
# Begun first where workers share a run: what one of them begins last, the others wait
# for. Those that share a demo or a checkout stand together, for one worker.
FIRST = (
    "test_documented_commands.py",
    "test_quickstart_manage.py",
    "test_every_page.py",
    "test_notifications_survive.py",
    "test_evidence_stays.py",
    "test_every_address.py",
    "test_whole_path.py",
    "test_upgrade_by_old_migrations.py",
    "test_readers_prepared.py",
    "test_bad_requests.py",
)
BOTH = (
    "impossible_by_sql",
    "impossible_by_forgery",
    "at_once",
    "locks",
    "audit_chain",
    "due_work",
)


sign_cookies_of_test_clients()


def pytest_collection_finish() -> None:
    """A fifth of the time went into looking for garbage among what all tests share, and
    nothing of that is garbage before the end.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """CI runs each test on one of its two processors, and on both what the database
    decides: see .ci/run.
    """
    for item in items:
        name = item.path.name
        asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
            getattr(item, "fixturenames", ())
        )
        if any(map(item.get_closest_marker, ("browser", "rules", "pages"))):
            continue
        if item.get_closest_marker("both") or (asks and any(part in name for part in BOTH)):
            item.add_marker("both")
        elif not asks:
            item.add_marker("plain")
        else:
            item.add_marker("pages" if name.startswith(PAGES) else "rules")
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Each worker collects in the same order.
        place = {name: number for number, name in enumerate(FIRST)}
        items.sort(key=lambda item: place.get(item.path.name, len(FIRST)))
    shared_rows.sort(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    shared_rows.prepare(item)


@pytest.fixture(autouse=True)
def no_pages_of_other_tests() -> None:
    """A test that is rolled back takes the count of its changes with it: the next one
    would count the same again.
    """
    kept_pages._START = secrets.token_hex(8)


@pytest.fixture(autouse=True)
def no_counts_of_other_tests() -> None:
    """How rare a word is, is remembered in the process: of rows that are gone."""
    term_index.forget_counts()


@pytest.fixture(scope="session", autouse=True)
def ranked_by_words() -> Iterator[None]:
    """As it is without the extra `matching`; tests of that switch it on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "available", lambda: False)
        yield


@pytest.fixture
def client() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """In place of pytest-django's, which migrates for each worker, and whose flush
    after a transactional test takes a quarter of a second and is refused by the guards.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    own = tmp_path_factory.getbasetemp()
    flush = TransactionTestCase._fixture_teardown
    with (
        django_db_blocker.unblock(),
        databases.prepared(own.parent if worker else own, worker) as restore,
    ):
        TransactionTestCase._fixture_teardown = lambda case: restore()
        with shared_rows.allowed(django_db_blocker), django_db_blocker.block():
            yield
        TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session", autouse=True)
def own_process_slots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The two PDFs that a machine reads at once are too few beside other test runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process_slots, "_folder", tmp_path_factory.getbasetemp)
        yield


@shared
def desk(db: None) -> Desk:
    return factories.desk("Metro")


@shared
def checker(desk: Desk) -> User:
    return factories.person("checker", desk, "checker")


@shared
def ready(checker: User) -> Claim:
    """A claim in work, fit to be signed by `checker`."""
    return factories.ready(checker)


@shared
def submitted(ready: Claim, checker: User) -> Claim:
    apply(ready, Action.SUBMIT, by=checker)
    return ready


@shared
def editor(desk: Desk) -> User:
    return factories.person("editor", desk, "editor")


@shared
def approved(submitted: Claim, editor: User) -> Claim:
    apply(submitted, Action.APPROVE, by=editor)
    return submitted


@shared
def published(approved: Claim, editor: User) -> Claim:
    apply(approved, Action.PUBLISH, by=editor)
    return approved


@shared
def second_editor(desk: Desk) -> User:
    return factories.person("second_editor", desk, "editor")


@shared
def reporter(desk: Desk) -> User:
    return factories.person("reporter", desk, "reporter")


@shared
def second_checker(desk: Desk) -> User:
    return factories.person("second_checker", desk, "checker")


@shared
def auditor(desk: Desk) -> User:
    return factories.person("auditor", desk, "auditor")


@shared
def admin_person(desk: Desk) -> User:
    return factories.person("admin_person", desk, "admin")


@shared
def superuser(db: None) -> User:
    return User.objects.create_superuser("root", password="a long enough password")


@shared
def outsider(db: None) -> User:
    return factories.person("outsider", factories.desk("Sports"), "editor")


@shared
def suggestion(checker: User) -> Suggestion:
    """The first suggestion of an article of our own that a worker has read."""
    return factories.article_read(checker).suggestions.order_by("part", "rank")[0]
