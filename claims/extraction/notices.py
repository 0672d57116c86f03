# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Notices that a publisher prints and nobody checks: disclaimers, rights, terms and the
record of an article's own changes.
"""

import re

_NOTICE = re.compile(
    r"""(?ix)
      \bforward[-\s]looking\s(?:statements?|information)\b
    | \bactual\s(?:results|outcomes|events)\s(?:may|might|could|can)\b.{0,40}\bdiffer
    | \bpast\s(?:performance|results)\b.{0,40}\b(?:no|not)\b.{0,30}
      \b(?:guarantee|indicat|reliable)
    | \b(?:undertakes?|assumes?|accepts?|under)\s(?:no|any)\s(?:obligation|duty|liability
        |responsibility)\b.{0,60}\b(?:updat|revis|for\s(?:any|the\scontent|errors|external))
    | \b(?:not|nothing)\b.{0,60}\b(?:constitutes?|intended\sas|construed\sas|be\sconsidered
        |is)\b.{0,40}
      \b(?:investment|financial|legal|medical|tax|professional)\s(?:or\s\w+\s)?advice\b
    | \b(?:views|opinions)\s(?:and\sopinions\s)?(?:expressed|in\sthis)\b.{0,80}\b(?:those\sof|own
        |not\snecessarily|do\snot)\b
    | ^\W*(?:this|the|our)\s(?:article|post|story|page|site|website|newsletter|video|report|piece)\b
      .{0,40}\b(?:contains?\saffiliate|was\s(?:amended|corrected|updated|edited|first\spublished)
        |has\sbeen\s(?:amended|corrected|updated|edited)|is\sfor\s(?:general\s)?information)
    | \baffiliate\s(?:links?|commissions?)\b | \bearn\s(?:a\s|an\saffiliate\s)?commission\b
    | \bmay\snot\sbe\s(?:published|reproduced|copied|redistributed|broadcast|rewritten)\b
    | \ball\srights\sreserved\b | ^\W*(?:copyright|©)\s
    | ^\W*terms\s(?:and|&)\sconditions\sapply\b
    | \b(?:offer|promotion)\s(?:valid|ends|expires)\b.{0,30}\d
    | \bsubject\sto\s(?:change\swithout|our\sterms|terms\sand\sconditions)
    | \bby\s(?:using|continuing|clicking|signing|subscribing|submitting)\b.{0,60}\byou\s(?:agree
        |accept|consent)\b
    | \b(?:results|returns|prices|availability)\smay\svary\b
    | \binvolves?\s(?:known\sand\sunknown\s)?risks?\sand\suncertainties\b
    | \b(?:is|are)\snot\sresponsible\sfor\sthe\scontent\b
    | \bfor\s(?:informational|illustrative|entertainment)\spurposes\sonly\b
    | ^\W*(?:editor[’']?s[’']?\snote|correction|clarification|disclaimer|disclosure)\s?[:.—–-]
    | \bno\s(?:representations?|warrant(?:y|ies))\b | \bauthori[sz]ed\sand\sregulated\sby\b
    | \bsubstitute\sfor\s(?:professional|medical|legal)\b
    | \bnot\sbeen\s(?:and\swill\snot\sbe\s)?registered\sunder\sthe\s(?:\w+\s)?securities\sact\b
    | \b(?:reproduction|redistribution)\b.{0,40}\b(?:without|prohibited)\b
    | \bcorrect\s(?:as\sof|at\sthe\stime\sof)\b.{0,60}\bchange\b
    | \bkeine\s(?:haftung|gewähr)\b | \bdécline\stoute\sresponsabilité\b
    | \bno\sse\shace\sresponsable\b
    | \balle\srechte\svorbehalten\b | \balle\sangaben\sohne\sgewähr\b
    | \bkeine\s(?:anlage|rechts)beratung\b
    | \bzukunftsgerichtete\saussagen\b | \btous\sdroits\sréservés\b | \bénoncés\sprospectifs\b
    | \bles\sperformances\spassées\b | \btodos\slos\sderechos\sreservados\b
    | \b(?:declaraciones|proyecciones)\sa\sfuturo\b | \bجميع\sالحقوق\sمحفوظة\b
    """
)
_SAID = re.compile(r"(?i)\b(?:said|says|told|court|judge|sued|fined|ruled|accused|lawsuit)\b|[“”]")
LONGEST = 600  # characters; a longer sentence is looked at no further


def is_notice(sentence: str) -> bool:
    """Whether a folded sentence is such a notice, and not about one."""
    head = sentence[:LONGEST]
    return _NOTICE.search(head) is not None and _SAID.search(head) is None
