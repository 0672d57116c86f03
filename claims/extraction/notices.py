# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Notices that a publisher prints and nobody checks: disclaimers,
rights, terms and the record of an article's own changes.
"""

import re

_NOTICE = re.compile(
    # Each is looked for at the start of a word only, and not tried at every letter.
    r"""(?ix)
    ^\W*(?:
        (?:this|the|our)\s(?:article|post|story|page|site|website|newsletter|video|report|piece)\b
          .{0,40}\b(?:contains?\saffiliate
          |was\s(?:amended|corrected|updated|edited|first\spublished)
          |has\sbeen\s(?:amended|corrected|updated|edited)|is\sfor\s(?:general\s)?information)
      | (?:copyright|©)\s
      | terms\s(?:and|&)\sconditions\sapply\b
      | (?:editor[’']?s[’']?\snote|correction|clarification|disclaimer|disclosure)\s?[:.—–-]
    )
    | \b(?=\w)(?:
        forward[-\s]looking\s(?:statements?|information)\b
      | actual\s(?:results|outcomes|events)\s(?:may|might|could|can)\b.{0,40}\bdiffer
      | past\s(?:performance|results)\b.{0,40}\b(?:no|not)\b.{0,30}
          \b(?:guarantee|indicat|reliable)
      | (?:undertakes?|assumes?|accepts?|under)\s(?:no|any)\s(?:obligation|duty|liability
          |responsibility)\b.{0,60}\b(?:updat|revis|for\s(?:any|the\scontent|errors|external))
      | (?:not|nothing)\b.{0,60}\b(?:constitutes?|intended\sas|construed\sas|be\sconsidered
          |is)\b.{0,40}
          \b(?:investment|financial|legal|medical|tax|professional)\s(?:or\s\w+\s)?advice\b
      | (?:views|opinions)\s(?:and\sopinions\s)?(?:expressed|in\sthis)\b.{0,80}\b(?:those\sof|own
          |not\snecessarily|do\snot)\b
      | affiliate\s(?:links?|commissions?)\b
      | earn\s(?:a\s|an\saffiliate\s)?commission\b
      | may\snot\sbe\s(?:published|reproduced|copied|redistributed|broadcast|rewritten)\b
      | all\srights\sreserved\b
      | (?:offer|promotion)\s(?:valid|ends|expires)\b.{0,30}\d
      | subject\sto\s(?:change\swithout|our\sterms|terms\sand\sconditions)
      | by\s(?:using|continuing|clicking|signing|subscribing|submitting)\b.{0,60}\byou\s(?:agree
          |accept|consent)\b
      | (?:results|returns|prices|availability)\smay\svary\b
      | involves?\s(?:known\sand\sunknown\s)?risks?\sand\suncertainties\b
      | (?:is|are)\snot\sresponsible\sfor\sthe\scontent\b
      | for\s(?:informational|illustrative|entertainment)\spurposes\sonly\b
      | no\s(?:representations?|warrant(?:y|ies))\b
      | authori[sz]ed\sand\sregulated\sby\b
      | substitute\sfor\s(?:professional|medical|legal)\b
      | not\sbeen\s(?:and\swill\snot\sbe\s)?registered\sunder\sthe\s(?:\w+\s)?securities\sact\b
      | (?:reproduction|redistribution)\b.{0,40}\b(?:without|prohibited)\b
      | correct\s(?:as\sof|at\sthe\stime\sof)\b.{0,60}\bchange\b
      | keine\s(?:haftung|gewähr)\b
      | décline\stoute\sresponsabilité\b
      | no\sse\shace\sresponsable\b
      | alle\srechte\svorbehalten\b
      | alle\sangaben\sohne\sgewähr\b
      | keine\s(?:anlage|rechts)beratung\b
      | zukunftsgerichtete\saussagen\b
      | tous\sdroits\sréservés\b
      | énoncés\sprospectifs\b
      | les\sperformances\spassées\b
      | todos\slos\sderechos\sreservados\b
      | (?:declaraciones|proyecciones)\sa\sfuturo\b
      | جميع\sالحقوق\sمحفوظة\b
    )
    """
)
_SAID = re.compile(r"(?i)\b(?:said|says|told|court|judge|sued|fined|ruled|accused|lawsuit)\b|[“”]")
LONGEST = 600  # characters; a longer sentence is looked at no further


def is_notice(sentence: str) -> bool:
    """Whether a folded sentence is such a notice, and not about one."""
    head = sentence[:LONGEST]
    return _NOTICE.search(head) is not None and _SAID.search(head) is None
