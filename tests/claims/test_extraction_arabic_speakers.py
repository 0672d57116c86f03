"""Who speaks in Arabic, and behind “…, says a report”."""

from claims.extraction import extract

_SPOKEN = [
    ("قال رئيس البلدية أحمد سالم: غرقت 40 سفينة في ميناء لارجو.", "رئيس البلدية أحمد سالم"),
    ("وأضاف سالم: «غرقت 40 سفينة في ميناء لارجو وفر السكان».", "سالم"),
    ("وقالت الوزارة إن 40 سفينة غرقت في ميناء لارجو.", "الوزارة"),
    ("أعلنت وزارة الصحة أن 40 حالة سجلت في مدينة لارجو.", "وزارة الصحة"),
    ("رئيس البلدية: غرقت 40 سفينة في ميناء لارجو.", "رئيس البلدية"),
    ("وزارة الصحة: ارتفع عدد الإصابات إلى 40 حالة في لارجو.", "وزارة الصحة"),
    ("الأمم المتحدة: مقتل 40 مدنيا في غارة على لارجو.", "الأمم المتحدة"),
    ("أحمد سالم: «غرقت 40 سفينة في ميناء لارجو وفر السكان».", "أحمد سالم"),
    ("غرقت 40 سفينة في ميناء لارجو، بحسب وزارة النقل.", "وزارة النقل"),
    ("وفقا لتقرير الهيئة، غرقت 40 سفينة في ميناء لارجو.", "تقرير الهيئة"),
    ("عاجل: غرقت 40 سفينة في ميناء لارجو وفر السكان.", ""),
    ("لارجو: غرقت 40 سفينة في الميناء وفر السكان منها.", ""),
    ("في عام 2019 غرقت 40 سفينة في ميناء لارجو.", ""),
    ("النتيجة: غرقت 40 سفينة في ميناء لارجو وفر السكان.", ""),
]
_DRY = "Some 40 boats sank at Largo last year, "
_REPORTS = [
    ("says a report.", "a report"),
    ("says a survey published on Monday.", "a survey"),
    ("says a study released by the Harbour Trust.", "a study"),
    ("say officials.", "officials"),
    ("say scientists at Largo University.", "scientists"),
    ("say police.", "police"),
    ("warn doctors.", "doctors"),
    ("according to a report.", "a report"),
    ("said the report.", "the report"),
    ("finds a new audit.", "a new audit"),
]


def test_arabic_names_the_speaker_first_or_before_a_colon() -> None:
    read = {text: [one.speaker for one in extract(text)] for text, _ in _SPOKEN}
    assert read == {text: [speaker] for text, speaker in _SPOKEN}


def test_a_report_that_says_so_at_the_end_is_the_speaker() -> None:
    read = {words: extract(_DRY + words)[0].speaker for words, _ in _REPORTS}
    wrong = {words: read[words] for words, name in _REPORTS if not read[words].startswith(name)}
    assert not wrong
