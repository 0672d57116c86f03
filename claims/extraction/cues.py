"""Cues: words that attribute a statement to somebody.

Classes say what must stand beside the verb before it counts:
  say     nothing more than somebody who says
  report  a statement: that, a quotation, a clause, how or whether; or it closes its
  sentence
  claim   as report, or a plain object ("confirmed the delay")
  think   as report, or an infinitive ("hopes to")
  stance  an object; never a speaker ("supports the plan")
  judge   an object ("accused the board", "called it “a farce”")
"""

from claims.extraction.word_lists import wordset

_SAY = "say said said|tell told told|tweet|retort|quip|opine"
_REPORT = (
    "add|note|report|state|argue|insist|stress|assert|contend|maintain|remark|respond|reply|"
    "observe|explain|recall|"
    "conclude|complain|joke|write wrote written|testify|caution|counter|clarify|mention|recount|"
    "repeat|imply|"
    "indicate|signal|hint|hear heard heard|find found found|show showed shown|read read read|point|"
    "emphasize|emphasise|underline|underscore|underscored|highlight|reiterate|estimate|agree|learn"
    " learned learned|"
    "exclaim|shout|boast|muse|lament|grumble|warn|concede|charge|suggest|decide|determine|"
    "demonstrate|assure|"
    "inform|remind|wonder|ask|inquire|swear swore"
    " sworn|post|guess|speculate|posit|attest|interject|promise|continue|teach taught taught"
)
_CLAIM = (
    "announce|claim|confirm|deny|allege|declare|acknowledge|admit|predict|proclaim|pledge|propose|"
    "reveal|disclose|"
    "vow|threaten|refuse|decline|recommend|advocate|project|forecast forecast forecast"
)
_THINK = (
    "believe|think thought thought|know knew known|feel felt"
    " felt|fear|hope|expect|want|doubt|suspect|worry|plan|"
    "intend|realize|realise|assume|consider|wish|understand understood understood|prefer|imagine|"
    "anticipate|"
    "remember|forget forgot forgotten|see saw seen|need"
)
_JUDGE = (
    "accuse|blame|criticize|criticise|praise|condemn|slam|denounce|call|describe|mock|dismiss|"
    "refer|reject|defend|"
    "demand|oppose|urge|question|cite|quote|blast|decry|deride|deplore|hail|applaud|tout|"
    "characterize|"
    "characterise|label|brand|bash|ridicule|endorse|welcome|discuss|rebuke|lambast|lambaste|"
    "applaud|"
    "dispute|credit|complain|reference|rip ripped ripped|tease|thank|favor|favour|express|voice"
)
# What somebody supports rather than says: an attribution without a statement to check.
_STANCE = "support|back|attack|honor|honour|celebrate|seek sought sought|embrace|pursue"
# Verbs whose statement always follows them.
PREPOSED_ONLY = frozenset(
    {"show", "find", "hear", "read", "learn", "see", "determine", "demonstrate", "decide"}
)
# Verbs that take a clause, and mean something else with a plain object: “added salt”.
CLAUSE_ONLY = wordset(
    "add note maintain continue find show hear read learn see determine demonstrate decide teach"
    " charge signal point state "
    "remind believe think know feel fear hope expect want doubt suspect worry plan intend realize"
    " realise assume consider "
    "wish understand prefer imagine anticipate remember forget like love need report hold post"
)
# Verbs by which a source passes a statement on, so that it belongs to the source chain.
RELAYING = wordset("say tell report claim confirm announce state allege estimate")
PARTICLES = {
    "point": ("out", "to"),
    "refer": ("to",),
    "call": ("for", "on"),
    "complain": ("about", "that"),
}

# Verbs that double their last letter: planned, ripped.
_DOUBLING = wordset("plan rip refer admit quip brag") - {"refer"}


def _forms(entry: str) -> dict[str, str]:
    """Each form of a verb with its grammar: base, third, past, participle, ing."""
    parts = entry.split()
    base = parts[0]
    if base.endswith("e"):
        past, ing, third = base + "d", base[:-1] + "ing", base + "s"
    elif base.endswith("y") and base[-2] not in "aeiou":
        past, ing, third = base[:-1] + "ied", base + "ing", base[:-1] + "ies"
    else:
        stem = base + base[-1] if base in _DOUBLING or base == "refer" else base
        past, ing = stem + "ed", stem + "ing"
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    if base == "see":
        ing = "seeing"
    participle = past
    if len(parts) == 3:
        past, participle = parts[1], parts[2]
    return {base: "base", third: "third", ing: "ing", participle: "participle", past: "past"}


def _lexicon() -> dict[str, tuple[str, str, str]]:
    """Form to (lemma, class, grammar); of several classes with a verb the first one
    counts.
    """
    lexicon: dict[str, tuple[str, str, str]] = {}
    for kind, entries in (
        ("say", _SAY),
        ("report", _REPORT),
        ("claim", _CLAIM),
        ("think", _THINK),
        ("judge", _JUDGE),
        ("stance", _STANCE),
    ):
        for entry in entries.split("|"):
            for form, grammar in _forms(entry).items():
                lexicon.setdefault(form, (entry.split()[0], kind, grammar))
    return lexicon


VERBS = _lexicon()
# Forms that are nouns as often as verbs; they need a subject beside them to count.
NOUN_LIKE = wordset(
    "claim claims report reports estimate estimates plan plans hope hopes fear fears state states"
    " note notes charge charges promise promises demand demands call calls question questions"
    " attack attacks support challenge challenges doubt doubts show shows project projects"
    " forecast forecasts find finds point points read need needs want wants like love back address"
    " brand label credit favor favour wish worry wonder quote quotes reference post voice blast"
    " signal signals posts tweet tweets study decline threat pledge pledges worries mention"
    " highlights indicates reads"
)
STATEMENT_NOUNS = wordset(
    "claim claims statement assertion assertions belief suggestion announcement warning allegation"
    " allegations accusation "
    "accusations contention argument conclusion insistence promise pledge prediction admission"
    " declaration rumor rumors "
    "rumour rumours suspicion fear fears concern concerns hope hopes evidence view notion idea"
    " opinion report reports "
    "speculation assurance confirmation denial finding"
)
HEARSAY = wordset("reportedly allegedly purportedly supposedly")
BE = wordset("is are was were be been being am 's 're")
HAVE = wordset("has have had having")
MODALS = wordset("will would could can should may might must did does do shall")
NEGATIONS = wordset(
    "not never n't didn't doesn't don't won't wouldn't hasn't haven't hadn't isn't cannot can't"
    " couldn't"
)
ADVERBS = wordset(
    "also later then now still once again earlier repeatedly even further just recently simply"
    " often long already both "
    "all soon first instead always ever quickly publicly openly only subsequently thus therefore"
    " merely"
)
IRREGULAR_PASTS = wordset(
    "went came took made gave got won lost fell rose left sent spent built held kept led met paid"
    " sold began became broke "
    "brought bought caught fought grew hit put ran shot struck threw fled stood sat spoke drew"
    " drove flew chose rode won"
)
SAID_PASSIVES = wordset(
    "said expected believed thought reported known understood alleged estimated accused suspected"
    " feared claimed "
    "considered described quoted cited rumored told asked called blamed criticized predicted"
    " projected intended announced"
)
