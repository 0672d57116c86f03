"""Abbreviations that are written with a stop, by language and by what may follow them.

An entry with a capital is meant with it only: “Sat.” is a day, “sat.” ends a sentence.
"""

from dataclasses import dataclass, fields

from claims.extraction.word_lists import wordset


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """`leading` words never end a sentence: titles, and words such as “e.g.”.

    `numbering` words do not before a number. `closing` words do where `starters`, words
    that begin a sentence, follow.
    """

    leading: frozenset[str]
    numbering: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]

    def __or__(self, other: "Abbreviations") -> "Abbreviations":
        return Abbreviations(
            **{one.name: getattr(self, one.name) | getattr(other, one.name) for one in fields(self)}
        )


def _words(
    *, leading: str = "", numbering: str = "", closing: str = "", starters: str = ""
) -> Abbreviations:
    return Abbreviations(*map(wordset, (leading, numbering, closing, starters)))


# In any language: names of persons and firms travel.
_EVERYWHERE = _words(
    leading="mr mrs ms messrs dr prof mme mlle v vs e.g i.e eg ie cf",
    numbering="no nos nr nrs n° nº n.° n.º Art Arts fig figs vol vols p pp tel",
    closing="inc ltd corp co bros llc plc jr sr etc St ST Ste Mt MT Ft FT",
)
_ENGLISH = _words(
    leading="Gen Maj Col Capt Lt Cpl Sgt Adm Cmdr Brig Gov Sen Sens Rep Reps Hon Rev Fr Pres Supt"
    " Insp Det Amb Atty Sec Secy Treas Asst Assoc Dep Cllr Ald Pvt Pfc Msgr Rt Ven Dist Dir Comm"
    " Commr Cdr Ens Cong approx",
    numbering="para paras sec secs ch chap chs chaps cl reg sched est max min ca c circa nn fn ver"
    " vers s ss pt pts op ser",
    closing="Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Weds Thu Thur Thurs"
    " Fri Sat Sun Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss"
    " Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Ave Blvd Rd Hwy Pkwy Sq"
    " Dept Univ Inst Assn Intl Natl Govt al esq lb lbs oz ft yd yds hr hrs secs mins ave rd dept"
    " ed eds",
    starters="the a an he she it they we i you this that these those his her its their our my in on"
    " at but and however meanwhile after before when while as if for there according what who how"
    " why no not officials police since earlier later still then also some many most both another"
    " several by to with from until although though because despite during under such each all"
    " now yet so where which did does do is are was were will can could should has have let",
)
_GERMAN = _words(
    leading="bzw z.b z.t z.z d.h u.a v.a s.o s.u u.ä o.ä i.d.r n.chr v.chr med phil jur nat theol"
    " sog vgl evtl ggf inkl exkl einschl zzgl abzgl bspw insb insbes gem lt kath ev evang geb gest"
    " verh gegr betr bes ehem Hr Hrn Fr Frl Dipl Ing Mag Hrsg Hl hl Gebr röm dt engl frz österr"
    " schweiz",
    numbering="Abs abs S s Rn Rz Rdnr Ziff ziff Kap kap Abb abb Tab Bd Aufl Anm Bl Buchst ca zirka"
    " max min mind f ff Az Pos Lfd lfd Jg",
    closing="Mrd Mio Mill Tsd Std Min Sek Jh Jhdt usw usf ff Str str Pl"
    " Jan Jän Feb Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Fr Sa Prov",
    starters="der die das den dem des ein eine einen einem einer es er sie wir ich ihr man im in am"
    " an auf aus bei mit nach von vom vor für als wenn weil dass doch aber und auch nun dann seit"
    " so zu zum zur dies diese dieser dieses damit dafür dabei dazu danach daher deshalb laut"
    " während wegen trotz unter über bis noch nur schon viele einige alle kein keine niemand jeder"
    " jetzt heute gestern hier dort wer was wie wo warum allerdings jedoch zudem außerdem seine"
    " ihre sein unser hinzu insgesamt rund etwa mehr gegen durch ohne nicht inzwischen",
)
_FRENCH = _words(
    leading="M MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr Vve c.-à-d càd Cdt Lieut",
    numbering="art al chap éd env av bd tél vers max min pl ch alin ann",
    closing="janv févr avr juil oct nov déc Mds Mrds Md hab env av bd boul Cie J.-C éd coll dép",
    starters="le la les l un une des il elle ils elles on nous vous je ce cette ces c cela en dans"
    " pour par sur au aux avec selon mais et ou après avant depuis lors lorsque quand si puis son"
    " sa ses leur leurs notre votre mon ma à de du d qui que quel quelle où comment pourquoi"
    " aujourd hier ainsi enfin toutefois cependant",
)
_SPANISH = _words(
    leading="Sr Sra Srta Srtas Sres Sras Dr Dra Dres Dras Lic Lcdo Lcda Ldo Lda Licda Ing Arq Prof"
    " Profa Gral Cnel Tte Cap Cmdte Sgto Alte Mons Pbro Fr D Dña Ud Uds Vd Vds Excmo Excma Ilmo"
    " Ilma Hno Hna Sto Sta Gob Pdte Pdta Abog Mtro Mtra Admón Rvdo",
    numbering="núm núms num pág págs pag art arts párr párrs párrf inc ap aptdo cap caps aprox máx"
    " mín nro nros ext cra teléf t",
    closing="Av Avda Cía Dpto Depto Prov Edo Ctra Ene Feb Mar Abr May Jun Jul Ago Sep Sept Oct Nov"
    " Dic Lun Mié Jue Vie Sáb Dom mills min hs kms",
    starters="el la los las lo un una unos unas en de del y a al por para con según pero sin sobre"
    " desde hasta entre cuando como si se no su sus este esta estos estas ese esa eso él ella"
    " ellos ellas yo también ya así además después antes hoy ayer qué quién cómo dónde todos"
    " cada otro otra tras mientras aunque hay es son fue era",
)
_ARABIC = _words(
    leading="أ.د م.د",
    starters="في من على إلى عن إن أن كان كانت قال قالت أكد أكدت وقال وأكد لكن كما ثم هذا هذه",
)
_BY_LANGUAGE = {
    "en": _EVERYWHERE | _ENGLISH,
    "de": _EVERYWHERE | _GERMAN,
    "fr": _EVERYWHERE | _FRENCH,
    "es": _EVERYWHERE | _SPANISH,
    "ar": _EVERYWHERE | _ARABIC,
}
# Of a language nobody knows: English, which most texts are, and what looks like nothing
# else in it.
_UNKNOWN = _BY_LANGUAGE["en"] | _GERMAN | _FRENCH | _SPANISH | _ARABIC


def of(language: str) -> Abbreviations:
    return _BY_LANGUAGE.get(language, _UNKNOWN)
