"""What the parsers load late is loaded before a reader closes itself off: one that came
too late would change what is read, silently.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import sys
from sources.readers import page, pdf, picture
from tests import files, hostile_files, picture_files
from tests.sources.test_readable import story
from tests.sources.test_readable_bounds import MONSTERS
page.prepare()
pdf.prepare()
picture.prepare()
sys.addaudithook(
    lambda event, given: print(event, given[:1])
    if event in {"open", "os.listdir", "os.scandir", "socket.__new__"}
    else None
)
pages = [story(), *(page[:20_000] for page in MONSTERS.values()), "<p>short, 42"]
for body in (*map(str.encode, pages), hostile_files.ENTITIES, hostile_files.ENTITY_OF_A_FILE):
    for url, charset in (
        ("", "utf-8"),
        ("https://www.paper.co.uk/2024/a", "koi8-r"),
        ("http://localhost/x", "gb18030"),
    ):
        page.read(body, url=url, content_type=f"text/html; charset={charset}")
for body in (
    files.pdf("words"),
    files.pdf(""),
    files.locked_pdf("x"),
    hostile_files.flate_pdf(megabytes=2),
    hostile_files.nested_objects_pdf(4),
    hostile_files.object_streams_pdf(megabytes=1, depth=3),
):
    pdf.read(body)
for body in picture_files.ALL.values():
    picture.read(body)
print("read")
"""


def test_nothing_is_opened_once_the_readers_are_prepared() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "read\n"
