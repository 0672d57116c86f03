"""Cues and the words around speakers in German, French and Spanish."""

from dataclasses import dataclass

from claims.extraction.word_lists import wordset


@dataclass(frozen=True, slots=True)
class Cues:
    """`verbs` are finite forms that come before a speaker or behind one, `auxiliaries`
    stand before `participles` that do so with them.

    `by_account` are the words in front of whoever a statement rests on. `articles`
    begin the phrase that names a speaker, `linking` words go on with it, `times` may
    stand between it and the verb, and any other small word of `ends` closes it.
    """

    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    participles: frozenset[str]
    by_account: tuple[tuple[str, ...], ...]
    articles: frozenset[str]
    linking: frozenset[str]
    times: frozenset[str]
    ends: frozenset[str]
    pronouns: frozenset[str]
    that: frozenset[str]


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


_GERMAN = Cues(
    verbs=wordset(
        "sagte sagt meldet meldete meldeten sagten sagen erklärte erklärt erklärten betonte"
        " betont betonten berichtete berichtet berichteten schrieb schreibt schrieben meinte meint"
        " meinten warnte warnt warnten behauptete behauptet behaupteten kritisierte kritisiert"
        " kritisierten forderte fordert forderten bestätigte bestätigt bestätigten versicherte"
        " versichert räumte ergänzte ergänzt erläuterte erläutert antwortete antwortet fügte"
        " bekräftigte bekräftigt mahnt mitteilte mitteilten bekanntgabe mahnt verkündete verkündet"
        " äußerte klagte klagt teilte teilten sprach monierte rügte beteuerte twitterte postete"
        " kündigte kündigten rechnete nannte"
    ),
    auxiliaries=frozenset(),
    participles=frozenset(),
    by_account=_phrases(
        "laut|nach angaben|nach angaben von|nach auskunft|nach auskunft von|nach einschätzung"
        "|nach einschätzung von|nach darstellung|nach darstellung von|nach worten|nach den worten"
        "|nach ansicht|nach ansicht von|nach aussage|nach aussage von|nach informationen"
        "|nach informationen von|so"
    ),
    articles=wordset("der die das den dem des ein eine einer einem sein seine ihre ihr"),
    linking=wordset("von vom der des für und im aus zu zur de van und &"),
    times=wordset(
        "am montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute gestern"
        " zuvor dazu hierzu später morgen abend mittag nachmittag daraufhin weiter auch"
        " anschließend"
    ),
    ends=wordset(
        "am im in auf bei mit nach vor gegenüber über zum zur dem den an dass ob wie warum und oder"
        " aber sich es er sie wir ich seien sei hat habe haben ist sind war waren wird werden würde"
        " zufolge weil da während wenn als denn damit nun auch noch nicht hatte hatten hätte"
        " hätten wäre wären wurde wurden kann können könnte könnten konnte konnten soll sollen"
        " sollte sollten muss müssen müsste müssten will wollen wollte wollten darf dürfen dürfte"
        " dürften gibt gab geht ging gehen kommt kam kamen liegt lag liegen steht stand stehen"
        " bleibt blieb bleiben gilt gelten stieg stiegen sank sanken fehlt fehlen"
    ),
    pronouns=wordset("er sie es wir ich man"),
    that=wordset("dass daß ob wie warum"),
)
_FRENCH = Cues(
    verbs=wordset(
        "dit disent affirme affirment explique expliquent déclare déclarent précise précisent"
        " souligne soulignent indique indiquent estime estiment assure assurent annonce annoncent"
        " ajoute ajoutent raconte racontent rappelle rappellent confie confient poursuit reconnaît"
        " admet insiste regrette déplore dénonce martèle observe constate note résume soupire"
        " lance prévient confirme confirment écrit écrivent selon rapporte rapportent révèle"
        " révèlent"
    ),
    auxiliaries=wordset("a ont avait avaient"),
    participles=wordset(
        "dit affirmé expliqué déclaré précisé souligné indiqué estimé assuré annoncé ajouté raconté"
        " rappelé confié poursuivi reconnu admis insisté regretté déploré dénoncé martelé observé"
        " constaté noté résumé soupiré lancé prévenu confirmé écrit rapporté révélé répondu tweeté"
        " posté promis réagi commenté témoigné"
    ),
    by_account=_phrases("selon|d' après|de source|aux dires de"),
    articles=wordset("le la les l' un une son sa ses leur"),
    linking=wordset("de du des d' la le les l' en à au aux et pour chargé chargée"),
    times=wordset(
        "sur place lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui matin"
        " soir ce également aussi encore ainsi notamment alors ensuite"
    ),
    ends=wordset(
        "que qui dans sur lors devant après avant selon par avec est sont était ont a avait sera"
        " dont où mais ou se sans ce cette lundi mardi mercredi jeudi vendredi samedi dimanche"
        " hier depuis pendant puisque parce car lorsque quand comme si tandis alors afin n' s' qu'"
        " il elle on ils elles"
    ),
    pronouns=wordset("il elle on ils elles je nous"),
    that=wordset("que qu' si"),
)
_SPANISH = Cues(
    verbs=wordset(
        "dijo dice dijeron dicen afirmó afirma afirmaron afirman explicó explica explicaron"
        " declaró declara declararon señaló señala señalaron aseguró asegura aseguraron indicó"
        " indica indicaron anunció anuncia anunciaron informó informa informaron sostuvo sostiene"
        " agregó agrega añadió añade manifestó manifiesta denunció denuncia denunciaron advirtió"
        " advierte comentó comenta precisó precisa reconoció reconoce admitió admite insistió"
        " insiste recordó recuerda expresó expresa subrayó subraya destacó destaca confirmó"
        " confirma confirmaron respondió responde escribió escribe tuiteó publicó relató lamentó"
        " apuntó contó cuenta"
    ),
    auxiliaries=wordset("ha han había habían"),
    participles=wordset(
        "dicho afirmado explicado declarado señalado asegurado indicado anunciado informado"
        " sostenido agregado añadido manifestado denunciado advertido comentado precisado"
        " reconocido admitido insistido recordado expresado subrayado destacado confirmado"
        " respondido escrito lamentado"
    ),
    by_account=_phrases("según|de acuerdo con|de acuerdo a|conforme a|a juicio de|en palabras de"),
    articles=wordset("el la los las un una su sus"),
    linking=wordset("de del la las los y e para en al"),
    times=wordset(
        "el este lunes martes miércoles jueves viernes sábado domingo ayer hoy anoche también"
        " además luego entonces después pasado"
    ),
    ends=wordset(
        "que quien en durante ante tras antes después según por con es son era fue ha han se sin"
        " este esta lunes martes miércoles jueves viernes sábado domingo ayer hoy a al sobre desde"
        " cuando mientras donde no ya porque aunque pero sino"
    ),
    pronouns=wordset("él ella ellos ellas yo nosotros"),
    that=wordset("que"),
)
BY_LANGUAGE = {"de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
