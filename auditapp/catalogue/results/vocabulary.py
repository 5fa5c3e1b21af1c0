"""The words results files use, in English, German, French, Spanish, Italian and Dutch, as `compact` writes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final

from auditapp.domain.measures import Gender


class Role(StrEnum):
    """What a column is for. A gun time counts where there is no chip time, a place tells only who has none."""

    GENDER = "gender"
    TIME = "time"
    GUN_TIME = "gun-time"
    STATUS = "status"
    WAVE = "wave"
    PLACE = "place"


class Status(StrEnum):
    """How somebody ended, or that they did not start."""

    FINISHED = "finished"
    TIMED_OUT = "timed out"
    STOPPED = "stopped"
    DISQUALIFIED = "disqualified"
    NOT_STARTED = "not started"


def compact(text: str) -> str:
    """Letters and digits alone, in lower case and without accents: "D.N.F." is "dnf", "Männlich" is "mannlich"."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)
        )
    return "".join(filter(str.isalnum, plain))


def _words(*lists: str) -> frozenset[str]:
    return frozenset(word for words in lists for word in words.split())


NOTHING: Final = _words("na nan null none nil leer vide vacio vuoto leeg")
"""Written where there is nothing; so are dashes and question marks, of which `compact` leaves nothing."""

LETTERS: Final = _words("f w m h d v u k x")
"""Single letters, of which some mean different genders in different languages: see `meaning_of_letters`."""

GENDER_WORDS: Final[dict[str, Gender]] = {
    word: gender
    for gender, words in {
        Gender.WOMEN: _words(
            "female females fem woman women womens lady ladies girl girls",
            "frau frauen dame damen weiblich madchen",
            "femme femmes feminin feminine fille filles dames",
            "mujer mujeres femenino femenina femeninas chica chicas nina ninas",
            "donna donne femmina femmine femminile ragazza ragazze",
            "vrouw vrouwen vrouwelijk meisje meisjes",
        ),
        Gender.MEN: _words(
            "male males man men mens boy boys gentleman gentlemen gents",
            "mann manner maenner herr herren mannlich maennlich junge jungen",
            "homme hommes masculin masculine garcon garcons messieurs",
            "hombre hombres masculino masculinos varon varones chico chicos nino ninos",
            "uomo uomini maschio maschi maschile ragazzo ragazzi",
            "mannen heer heren mannelijk jongen jongens",
        ),
        Gender.NONBINARY: _words(
            "nb enby nonbinary nonbin nbx other gendernonconforming genderqueer genderdiverse diverse thirdgender",
            "div divers nichtbinar nichtbinaer andere",
            "nonbinaire autre",
            "nobinario nobinaria nobinarie otro otra",
            "nonbinario nonbinaria altro",
            "nonbinair anders",
        ),
        Gender.UNDISCLOSED: _words(
            "unknown undisclosed notdisclosed unspecified notspecified notstated notgiven prefernottosay",
            "prefernottodisclose prefernottoanswer rathernotsay withheld blank",
            "unbekannt keineangabe ka ohneangabe",
            "inconnu inconnue nonprecise nonprecisee nonrenseigne nonspecifie",
            "desconocido noespecificado noindicado noconsta",
            "sconosciuto nonspecificato nonindicato",
            "onbekend nietopgegeven geenopgave zeglievernietniet",
        ),
    }.items()
    for word in words
}

STATUS_WORDS: Final[dict[str, Status]] = {
    word: status
    for status, words in {
        Status.FINISHED: _words(
            "finished finisher finish fin ok official classified ranked complete completed inwertung imziel beendet",
            "gefinisht classe classee termine terminee arrive arrivee clasificado clasificada finalizado finalizada",
            "llegado llegada classificato classificata arrivato arrivata",
        ),
        Status.TIMED_OUT: _words(
            "otl overtimelimit overtime outoftime outsidetimelimit outsidetime timedout timeout timelimit lim toolate",
            "cutoff cut missedcut overthetimelimit exceededtimelimit",
            "zeitlimit zeituberschreitung zeituberschritten zeitlimituberschritten zielschluss karenzzeit sollzeit",
            "horsdelai horsdelais hd horstemps barrierehoraire horsbarriere horsbarrierehoraire delaidepasse",
            "fueradetiempo fueradecontrol fueradeplazo fueradelimite fueratiempo fc excedetiempo",
            "fuoritempo fuoritempomassimo ftm tempomassimo fuoritempolimite",
            "buitentijd buitentijdslimiet buitendetijd buitendetijdslimiet tijdslimiet tijdslimietoverschreden",
        ),
        Status.STOPPED: _words(
            "dnf didnotfinish notfinished nonfinisher retired retirement ret rtd withdrew withdrawn wd dropped",
            "droppedout dropout drop stopped abandoned pulledout",
            "aufgegeben aufgabe ausgeschieden ausgestiegen nichtimziel nichtbeendet nichtfinisher",
            "abandon abandonne abandonnee ab abd arret",
            "abandono abandona retirado retirada noterminado noterminada noterminada notermino nofinalizado nofinaliza",
            "ritirato ritirata rit abbandonato abbandono nonarrivato nonarrivata",
            "uitgevallen opgegeven opgave gestopt nietgefinisht nietuitgelopen",
        ),
        Status.DISQUALIFIED: _words(
            "dsq dq disq dqf disqualified disqualification disqualifiziert disqualifikation disqualifie disqualifiee",
            "descalificado descalificada descalificacion desc squalificato squalificata squalifica sq",
            "gediskwalificeerd diskwalificatie",
        ),
        Status.NOT_STARTED: _words(
            "dns didnotstart notstarted nonstarter noshow ns cancelled canceled deferred transferred absent",
            "nichtangetreten nichtgestartet nichtamstart abgemeldet storniert",
            "nonpartant nonpartante np annule annulee absente",
            "nopresentado nopresentada nosalio nosale nosalida nosesalida anulado anulada baja",
            "nonpartito nonpartita annullato annullata assente",
            "nietgestart nietgestartet afgemeld geannuleerd",
        ),
    }.items()
    for word in words
}
STATUS_PARTS: Final[tuple[tuple[str, Status], ...]] = (
    ("cutoff", Status.TIMED_OUT),
    ("timelimit", Status.TIMED_OUT),
    ("timedout", Status.TIMED_OUT),
    ("horsdelai", Status.TIMED_OUT),
    ("disqual", Status.DISQUALIFIED),
    ("didnotstart", Status.NOT_STARTED),
    ("didnotfinish", Status.STOPPED),
)
"""What settles a longer entry, such as "DNF (missed cut-off at 42 km)", tried in this order."""

HEADINGS: Final[dict[Role, frozenset[str]]] = {
    Role.GENDER: _words(
        "gender sex genders mf fm mw wm mwd mfx fmx mwx",
        "geschlecht geschl sexe genre sexo genero sesso genere geslacht hf fh hd dh",
    ),
    Role.TIME: _words(
        "chiptime chip nettime net netto chipfinish chipresult",
        "nettozeit nettozielzeit chipzeit tempsreel tempsnet tempspuce tempschip puce",
        "tiemponeto tiempochip tiemporeal neto tempochip temponetto realtime temporeale",
        "nettotijd chiptijd",
    ),
    Role.GUN_TIME: _words(
        "guntime gun clocktime grosstime gross guntimes gunfinish officialtime",
        "brutto bruttozeit bruttozielzeit tempsofficiel tempsbrut tempspistolet",
        "tiempooficial tiempobruto oficial tempoufficiale tempolordo bruttotijd brutotijd",
    ),
    Role.STATUS: _words(
        "status state resultstatus finishstatus racestatus outcome dnf statut etat estado situacion stato",
        "bemerkung bemerkungen opmerking opmerkingen remark remarks",
    ),
    Role.WAVE: _words(
        "wave startwave startgroup corral pen heat block startblock startgruppe welle startwelle",
        "vague sas sasdedepart vaguededepart ola oladesalida cajon cajondesalida onda griglia grigliadipartenza",
        "startvak startgolf golf vak",
    ),
    Role.PLACE: _words(
        "place rank position pos overall overallplace overallrank rk gunplace chipplace finishplace",
        "platz rang platzierung gesamtplatz classement clt scratch puesto posicion clasificacion",
        "posizione classifica plaats positie",
    ),
}
"""Headings that name a column as a whole."""

TIME_HEADINGS: Final = _words(
    "time finishtime finish result racetime totaltime elapsed elapsedtime duration timeinseconds seconds secs timeseconds",
    "finishtimes finishingtime timehms hmmss hhmmss",
    "zeit zielzeit laufzeit endzeit gesamtzeit ergebnis temps tempstotal tempsfinal chrono tiempo tiempofinal",
    "tiempototal marca resultado tempo tempofinale tempototale tijd eindtijd finishtijd",
)
"""Headings of times that do not say whether chip or gun; they stand between the two."""

HEADING_WORDS: Final[dict[Role, frozenset[str]]] = {
    Role.GENDER: _words("gender sex geschlecht sexe sexo genero sesso genere geslacht"),
    Role.TIME: _words("chip net netto nettozeit nettotijd neto puce reel"),
    Role.GUN_TIME: _words("gun gross brutto bruttozeit bruttotijd brut bruto lordo"),
    Role.STATUS: _words("status statut estado stato"),
    Role.WAVE: _words("wave welle corral vague startblock"),
}
"""Words that name a column when they stand among others: "Gender (self-described)", "Time (net)"."""

TIME_WORDS: Final = _words("time zeit temps tiempo tempo tijd finish")

OTHER_MEANINGS: Final = _words(
    "place rank position pos platz rang rank classement puesto posizione plaats overall total points",
    "start behind gap diff difference pace lap split splits day tod birth born age penalty transition clock",
    "swim bike run cycle km mile miles half 5k 10k 15k 20k 21k 25k 30k 35k 40k t1 t2 kmh mph speed",
    "ruckstand startzeit tempominkm minkm schnitt ecart retard heure depart allure vitesse",
    "diferencia ritmo salida hora distacco passo partenza ora achterstand snelheid",
    "goal target predicted estimated expected planned objectif vise previsto angestrebt angestrebte verwacht",
)
"""Words beside which a heading means something else: "Gender place", "Time behind", "Start time"."""

NUMBER_HEADINGS: Final = _words(
    "bib bibnumber bibno racenumber startnumber raceno",
    "startnummer startnr stnr dossard nodossard dorsal pettorale",
)
NAME_HEADINGS: Final = _words(
    "name names fullname firstname lastname surname familyname givenname runner athlete participant competitor",
    "vorname nachname familienname teilnehmer laufer nom prenom coureur nombre apellido apellidos corredor",
    "nome cognome atleta naam voornaam achternaam deelnemer",
)

SPANISH_HEADINGS: Final = _words("sexo genero")


def meaning_of_letters(letters: AbstractSet[str], *, spanish: bool = False) -> dict[str, Gender]:
    """What single letters stand for, which hangs on their company.

    M is a man beside F, W, V or alone, and a woman (mujer) beside H (hombre); D is diverse beside F or W and a woman
    (Damen, dames, donne) otherwise; V is a woman (vrouw), or a man (varón) beside F or under a Spanish heading; U is a
    man (uomo) beside D or F without M, and otherwise unknown.
    """
    beside_f = bool(letters & {"f", "w"})
    varon = "v" in letters and (("f" in letters and "m" not in letters) or (spanish and not beside_f))
    mujer = "m" in letters and not beside_f and (("h" in letters and "d" not in letters) or varon)
    uomo = "m" not in letters and "h" not in letters and bool(letters & {"d", "f"})
    meaning = {
        "f": Gender.WOMEN,
        "w": Gender.WOMEN,
        "k": Gender.WOMEN,
        "m": Gender.WOMEN if mujer else Gender.MEN,
        "h": Gender.MEN,
        "d": Gender.NONBINARY if beside_f else Gender.WOMEN,
        "v": Gender.MEN if varon else Gender.WOMEN,
        "u": Gender.MEN if uomo else Gender.UNDISCLOSED,
        "x": Gender.NONBINARY,
    }
    return {letter: meaning[letter] for letter in letters}
