"""What the newsroom of the demo tells its readers about itself, and what
one of them asks it.
"""

from claims.choices import SitePage
from claims.intake.received_tips import SentTip

TIP = SentTip(
    text="Is it true that the harbour ferry will cost twice as much from May on?",
    place="On a notice at the pier, on Monday morning",
)

METHODOLOGY = """\
We choose claims that matter to many people and can be checked against something that
exists: a register, a statistic, a recording.

1. **Somebody checks.** Each verdict rests on at least two sources that do not depend on
   each other, kept as they were on the day.
2. **Somebody else approves.** Nobody publishes what they wrote themselves.
3. **We ask.** Whoever made the claim may answer before we publish.
4. **We correct.** What was wrong stays visible, with the date and the reason.
"""
ABOUT_PAGES = {
    SitePage.ABOUT.value: """\
This is the demonstration of a fact-check desk. Its people, pages and claims are made up.

## Who we are
A reporter, two checkers, two editors and a lawyer. Each verdict names who checked and who
approved it.

## Who pays
Nobody: a demonstration costs a little electricity. A newsroom says here who owns and
funds it.
""",
    SitePage.CORRECTIONS.value: """\
We correct a mistake as soon as an editor has confirmed it, say on the page what was
wrong, and list it here. A verdict that cannot be upheld is retracted; its address keeps
saying so.
""",
}
