"""Every command that README.md, CONTRIBUTING.md and docs/ show runs as it stands there,
in a demo.
"""

import importlib.util
import json
import os
import shutil
from collections.abc import Iterator
from typing import NamedTuple
from urllib.request import urlopen

import pytest

from tests.project import documented
from tests.project.api_walk import Walk
from tests.project.documented import Command
from tests.project.newcomer import Checkout, Demo
from tests.project.test_deploy import PRODUCTION

MANAGE = "python3 quickstart.py manage"
TEXT = "The mayor, Mira Halloway, said on Monday that the city planted 4,200 trees in 2025.\n"
RATED = [
    {"text": f"The town of Largo spent {number} million on boats.", "label": number % 2}
    for number in range(24)
]
ROW = "1\tHALLOWAY\tWe planted 4,200 trees in 2025.\t1\n"


class Sample(NamedTuple):
    """What to put for the placeholders of a command, and a word of what it then
    prints.
    """

    prints: str
    values: dict[str, str] = {}
    production: bool = False  # with the settings of a newsroom, not the demo's


# Words in braces are of the demo that runs: see `known`.
SAMPLES = {
    f"{MANAGE} extract_claims FILE…": Sample('"start"', {"FILE…": "trees.txt page.html"}),
    f"{MANAGE} extract_claims --articles FILE…": Sample('"start"', {"FILE…": "trees.txt"}),
    f"{MANAGE} extract_claims --text page.html": Sample("4,200 trees"),
    f"{MANAGE} evaluate_extraction --format checkthat FILE… --output DIR": Sample(
        "", {"FILE…": "debate.tsv", "DIR": "scores"}
    ),
    f"{MANAGE} check_links --file URLS": Sample('"state": "ok"', {"URLS": "urls.txt"}),
    f"{MANAGE} export_claim ID": Sample('"factcheck.claim"', {"ID": "{claim}"}),
    f"{MANAGE} export_desk NAME --out FILE": Sample(
        "imported fact checks", {"NAME": "Metro", "FILE": "out.zip"}
    ),
    f"{MANAGE} export_claim ID --out FILE": Sample("", {"ID": "{claim}", "FILE": "out.json"}),
    f"{MANAGE} verify_content FILE": Sample("(published): ok", {"FILE": "claim.json"}),
    f"{MANAGE} verify_accounts": Sample("The audit log explains all"),
    f"{MANAGE} verify_audit": Sample('"ok": true'),
    f"{MANAGE} verify_audit --head HASH": Sample('"ok": true', {"HASH": "{head}"}),
    f"{MANAGE} permission_matrix": Sample("cells"),
    f"{MANAGE} rooms_diagram": Sample("flowchart"),
    f"{MANAGE} open_due_rechecks": Sample("opened."),
    f"{MANAGE} erase_expired_tips": Sample("erased."),
    f"{MANAGE} rebuild_matching": Sample("entries."),
    f"{MANAGE} read_pictures": Sample("pictures read."),
    f"{MANAGE} train_extractor --data PATH": Sample("Wrote", {"PATH": "rated.json"}),
    f"{MANAGE} train_extractor --data PATH --decisions": Sample("Wrote", {"PATH": "rated.json"}),
    f"{MANAGE} service_account NAME --desk DESK --scope articles:write": Sample(
        "fc_", {"NAME": "Archive", "DESK": "Metro"}
    ),
    f"{MANAGE} COMMAND": Sample("stateDiagram", {"COMMAND": "workflow_diagram"}),
    "python manage.py COMMAND": Sample(
        "stateDiagram", {"COMMAND": "workflow_diagram"}, production=True
    ),
    "python manage.py check --deploy": Sample("", production=True),
    "curl -s https://news.example/verdicts/<address>/content.json | sha256sum": Sample(
        "{hash}", {"https://news.example": "{site}", "<address>": "{address}"}
    ),
    "curl -s https://news.example/verdicts/<address>/receipt.json > receipt.json": Sample(
        "", {"https://news.example": "{site}", "<address>": "{address}"}
    ),
    "curl -s https://news.example/verdicts/<address>/content.json > content.json": Sample(
        "", {"https://news.example": "{site}", "<address>": "{address}"}
    ),
    "curl -s https://news.example/.well-known/factcheck-keys.json > keys.json": Sample(
        "", {"https://news.example": "{site}"}
    ),
    f"{MANAGE} verify_receipt receipt.json --keys keys.json --content content.json": Sample(
        "ok: the newsroom signed this receipt"
    ),
}
BY_THE_FIXTURE = {"python3 quickstart.py demo"}
NOT_RUN = {
    f"{MANAGE} import_desk FILE --desk NAME --by USERNAME": "needs an export; run by"
    " test_imported_claims",
    "python3 quickstart.py demo --once": "the demo once more; CI begins with it",
    "python3 quickstart.py test": "these tests",
    "python3 quickstart.py test tests/claims": "these tests",
    "RACE_ROUNDS=500 python3 quickstart.py test tests/claims/test_races.py": "takes minutes",
    "API_CASES=40 python3 quickstart.py test tests/project/test_made_requests.py": "takes minutes",
    "EXTRACTION_EXAMPLES=10000 python3 quickstart.py test tests/claims/test_extraction_spans.py"
    " -k every_span": "takes minutes",
    ".venv/bin/python benchmarks/extraction.py --data PATH": "measures for minutes, on sets that"
    " are not ours to ship",
    ".venv/bin/python -m benchmarks.matching --data FOLDER": "measures for minutes, on sets that"
    " are not ours to ship",
    ".venv/bin/python -m benchmarks.pictures FOLDER": "measures for half a minute, on pictures that"
    " are no part of the project",
    ".venv/bin/python -m benchmarks.pictures_speed": "measures for minutes, on a database of its"
    " own",
    ".venv/bin/python -m benchmarks.matching_speed --data FOLDER": "measures for"
    " minutes, on sets that are not ours to ship",
    ".venv/bin/python -m benchmarks.live --database URL --redis URL": "measures for minutes, on a"
    " database of its own",
    ".venv/bin/python -m demo.screens": "needs a browser, and rewrites the pictures in docs/",
    ".venv/bin/python -m pip install scikit-learn": "installs",
    "manage.py check": "Django's own; migrate, which runs, makes the same checks",
    "manage.py collectstatic": "Django's own; the image runs it",
    "make format": "rewrites the files it stands in",
    "make lint types contracts": "installs; CI runs the same programs",
    "bash .ci/run": "runs these tests",
    "export FACTCHECK_SECRET_KEY=… FACTCHECK_ENCRYPTION_KEYS=… FACTCHECK_HOSTS=facts.example.org"
    " FACTCHECK_SITE_URL=https://facts.example.org POSTGRES_PASSWORD=…": "for the next two",
    "python3 -c 'import base64, secrets;"
    " print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'": "makes a key",
    "python manage.py rotate_encryption_keys": "test_key_rotation.py runs it",
    "python manage.py rotate_encryption_keys --check": "test_key_rotation.py runs it",
    "BAD_REQUESTS=15000 python3 quickstart.py test tests/project/test_bad_requests.py": "takes"
    " minutes",
    f"{MANAGE} seed --claims 10000 --add": "takes a minute; test_seed.py runs it",
    "docker compose up -d": "needs a Docker engine",
    "docker compose run --rm web python manage.py create_newsroom"
    " --desk Metro --superuser NAME --email ADDRESS": "needs a Docker engine",
}
COMMANDS = documented.commands()
WALK = [line for page, line in COMMANDS if page == "api.md" and line not in BY_THE_FIXTURE]
SHOWN = {line for page, line in COMMANDS if line not in WALK}


@pytest.fixture(scope="module")
def demo(checkout: Checkout) -> Iterator[Demo]:
    (checkout.home / ".curlrc").write_text('write-out = "%{stderr}status %{http_code}\\n"\n')
    with Demo(checkout) as running:
        files = {
            "trees.txt": TEXT,
            "page.html": f"<html><body><article><p>{TEXT}</p></article></body></html>",
            "debate.tsv": ROW,
            "rated.json": json.dumps(RATED),
            "urls.txt": f"{running.pages}/walls.html\n",
        }
        for name, content in files.items():
            (checkout.folder / name).write_text(content, "utf-8")
        yield running


@pytest.fixture(scope="module")
def known(demo: Demo) -> dict[str, str]:
    editor = demo.person("editor")
    claim = next(row for row in editor.all("claims/") if demo.published in str(row["address"]))
    export = editor.get(f"claims/{claim['id']}/export/")
    (demo.checkout.folder / "claim.json").write_text(json.dumps(export), "utf-8")
    for name, path in {
        "receipt.json": f"verdicts/{demo.published}/receipt.json",
        "content.json": f"verdicts/{demo.published}/content.json",
        "keys.json": ".well-known/factcheck-keys.json",
    }.items():
        with urlopen(f"{demo.site}/{path}") as answer:
            (demo.checkout.folder / name).write_bytes(answer.read())
    head = json.loads(demo.checkout.manage("verify_audit").stdout)["head_hash"]
    digest = export["verdicts"][0]["content_hash"]
    return {
        "claim": claim["id"],
        "head": head,
        "site": demo.site,
        "address": demo.published,
        "hash": digest,
    }


@pytest.mark.parametrize("line", sorted(SHOWN - set(NOT_RUN) - BY_THE_FIXTURE))
def test_it_runs_as_it_stands(line: str, demo: Demo, known: dict[str, str]) -> None:
    assert line in SAMPLES, "Say in SAMPLES how to run it, or in NOT_RUN why not."
    if "train_extractor" in line and not importlib.util.find_spec("sklearn"):
        pytest.skip("needs the extra `training`")
    sample = SAMPLES[line]
    for placeholder, value in sample.values.items():
        assert placeholder in line
        line = line.replace(placeholder, value.format(**known))
    more = {}
    if sample.production:
        programs = demo.checkout.folder / ".venv/bin"
        more = PRODUCTION | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "FACTCHECK_DATA_DIR": str(demo.checkout.home),
        }
    done = demo.checkout.shell(line, more=more)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert sample.prints.format(**known) in done.stdout


def test_the_walk_through_the_api_runs_in_its_order(demo: Demo) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl here")
    walk = Walk(demo)
    refused = [line for line in WALK if walk.take(line) not in {None, 200, 201, 202, 204}]
    assert refused == []


def test_commands_and_the_demo_share_one_newsroom(demo: Demo) -> None:
    checkout = demo.checkout
    before = json.loads(checkout.manage("verify_audit").stdout)["entries"]
    demo.person("editor").post("claims/", text="The library lent 90,000 books last year.")
    assert json.loads(checkout.manage("verify_audit").stdout)["entries"] > before
    refused = checkout.run("python3", "quickstart.py", "demo", "--port", str(demo.port + 1))
    assert refused.returncode == 1 and "running already" in refused.stderr


@pytest.mark.parametrize("listed", [SAMPLES, NOT_RUN, BY_THE_FIXTURE], ids=["run", "not", "up"])
def test_no_list_holds_what_is_no_longer_shown(listed: dict[str, object]) -> None:
    assert set(listed) <= {line for _, line in COMMANDS}


def test_every_block_says_what_it_is() -> None:
    assert documented.languages() <= documented.LANGUAGES


def test_commands_are_found_in_blocks_and_in_sentences() -> None:
    text = (
        "Run `A=1 python3 quickstart.py test x`, not `manage.py` or `GET /me/`:\n\n"
        "```sh\n# first\ncurl -s x#y | sh   # then\n\nmake all\n```\n\n```text\nmake none\n```\n"
    )
    found = ["curl -s x#y | sh", "make all", "A=1 python3 quickstart.py test x"]
    assert list(documented.lines(text)) == found
    assert Command("README.md", "python3 quickstart.py demo") in COMMANDS
