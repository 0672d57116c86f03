"""manage.py train_extractor: rated sentences in, a small file of numbers out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import scoring_model
from claims.intake import triage
from claims.management import training
from claims.models import Suggestion
from factcheck.newsroom.models import User
from sources.models import Article
from tests.claims import triage_cases
from tests.project.test_settings import ROOT

_needs_training = pytest.mark.skipif(not training.available(), reason="needs the extra `training`")


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    told = [
        {"text": f"The town of Largo spent {number} million on boats.", "label": 1}
        for number in range(12)
    ]
    told += [{"text": f"Thank you, friends of hall {number}.", "label": 0} for number in range(12)]
    made = tmp_path / "rated.json"
    made.write_text(json.dumps(told), encoding="utf-8")
    return made


@_needs_training
def test_training_separates_its_sentences_and_tells_its_provenance(
    rated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = rated.with_name("w.bin")
    call_command("train_extractor", "--data", str(rated), "--output", str(output))
    made = scoring_model.load(output)
    assert made.wording("The town of Largo spent money on boats.") > made.wording(
        "Thank you, friends."
    )
    assert made.provenance["sets"][0]["name"] == "rated.json"
    assert "Trained on 24 sentences" in capsys.readouterr().out
    assert b"Largo" not in output.read_bytes() and b"boats" not in output.read_bytes()


@_needs_training
def test_training_twice_gives_the_same_bytes(rated: Path) -> None:
    written = []
    for name in ("a.bin", "b.bin"):
        call_command(
            "train_extractor", "--data", str(rated), "--output", str(rated.with_name(name))
        )
        written.append(rated.with_name(name).read_bytes())
    assert written[0] == written[1]


@_needs_training
@pytest.mark.parametrize(
    ("content", "remedy"),
    [("[]", "at least 4 sentences"), ("{", "JSON list"), ('[{"text": "a"}]', "text and label")],
)
def test_data_that_cannot_be_learned_from_is_refused(
    tmp_path: Path, content: str, remedy: str
) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=remedy):
        call_command(
            "train_extractor",
            "--data",
            str(tmp_path / "x.json"),
            "--output",
            str(tmp_path / "w.bin"),
        )
    assert not (tmp_path / "w.bin").exists()


def test_without_scikit_learn_the_remedy_is_named(rated: Path) -> None:
    output = rated.with_name("w.bin")
    bare = (
        "import sys; sys.modules['sklearn'] = None; import runpy; runpy.run_path('manage.py',"
        " run_name='__main__')"
    )
    command = [
        sys.executable,
        "-c",
        bare,
        "train_extractor",
        "--data",
        str(rated),
        "--output",
        str(output),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"FACTCHECK_ENV": "test"},
    )
    assert done.returncode == 1
    assert f"{sys.executable} -m pip install scikit-learn" in done.stderr, done.stderr
    assert not output.exists()


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(CommandError, match=r"--data|Training"):
        call_command("train_extractor")


@_needs_training
def test_what_the_desk_decided_is_learned_from(
    checker: User, rated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = [
        f"The harbour of Largo paid {number} million dollars for boats in 2019."
        for number in range(5)
    ]
    unwanted = [
        f"The quay of Brenta looked grand on the {number} days of May 2019." for number in range(5)
    ]
    article = triage_cases.article(
        checker, "\n".join([*wanted, *unwanted, "The ferry sank twice in 2019."])
    )
    for words in wanted:
        triage.accept(_suggested(article, words), by=checker)
    for words in unwanted:
        triage.decline(_suggested(article, words), by=checker, reason="trivial")
    triage.decline(
        _suggested(article, "The ferry sank twice in 2019."), by=checker, reason="duplicate"
    )
    output = rated.with_name("w.bin")
    call_command(
        "train_extractor", "--decisions", "--desk", article.desk.name, "--output", str(output)
    )
    made = scoring_model.load(output)
    assert made.provenance["sets"] == [{"name": "decisions of the newsroom", "sentences": 10}]
    assert made.wording("The harbour paid dollars for boats.") > made.wording(
        "The quay looked grand."
    )
    call_command("train_extractor", "--data", str(rated), "--decisions", "--output", str(output))
    assert "Trained on 34 sentences of rated.json, 10 decisions" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no desk"):
        call_command("train_extractor", "--decisions", "--desk", "Nowhere", "--output", str(output))


def _suggested(article: Article, words: str) -> Suggestion:
    made = triage_cases.suggestion(article, words)
    Suggestion.objects.filter(pk=made.pk).update(language="en")
    return made
