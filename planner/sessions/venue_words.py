"""What people write in a file of venues, in three languages: headings, words for codes.

Of each heading and word the first three are those that the planner writes: English, Finnish,
Swedish.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.uploads.words import LANGUAGES, MUNICIPALITY, Form, key

SORTS: Final = (
    "library",
    "town_hall",
    "service_point",
    "institute",
    "association",
    "service_home",
    "market",
    "shopping_centre",
    "stop",
    "other",
)
"""Codes of what a venue is; `stop` is one of the mobile library."""

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SUMMER_DAYS: Final = tuple(f"summer_{day}" for day in DAYS)
COLUMNS: Final = (
    *("id", "municipality", "name", "sort", "address", "lat", "lon"),
    *("accessible", "room", "second_person", "kinds"),
    *DAYS,
    *SUMMER_DAYS,
)
"""A file's columns in their order."""

_HEADINGS: Final[Mapping[str, str]] = {
    "id": "id|tunnus|beteckning|venue id|paikan tunnus|platsens beteckning",
    "name": "name|nimi|namn|venue|paikka|plats|place|paikan nimi|platsens namn|toimipaikka"
    "|toimipiste|verksamhetsställe",
    "sort": "sort|laji|slag|type|tyyppi|typ|paikan laji|platsens slag",
    "address": "address|osoite|adress|katuosoite|gatuadress|street address",
    "lat": "lat|leveysaste|latitud|latitude|leveyspiiri|n",
    "lon": "lon|pituusaste|longitud|longitude|lng|pituuspiiri|e",
    "accessible": "accessible|esteetön|tillgänglig|esteettömyys|tillgänglighet|accessibility",
    "room": "room|tila ryhmälle|plats för grupp|room for a group|tila|ryhmätila|rum|grupprum"
    "|room or computers",
    "second_person": "second person|toinen ohjaaja|andra handledare|second person needed"
    "|tarvitaan toinen|två personer|kaksi henkilöä",
    "kinds": "kinds|muodot|former|kind|tilaisuudet|tilaisuuden muodot|tillfällen|sessions",
}
_DAY_NAMES: Final = (
    "monday|maanantai|måndag|mon|ma|må|mån",
    "tuesday|tiistai|tisdag|tue|ti|tis",
    "wednesday|keskiviikko|onsdag|wed|ke|on|ons",
    "thursday|torstai|torsdag|thu|to|tor|tors",
    "friday|perjantai|fredag|fri|pe|fre",
    "saturday|lauantai|lördag|sat|la|lö|lör",
    "sunday|sunnuntai|söndag|sun|su|sö|sön",
)
_SUMMERS: Final = ("summer", "kesä", "sommar", "kesällä")

_SORTS: Final[Mapping[str, str]] = {
    "library": "library|kirjasto|bibliotek|lähikirjasto|sivukirjasto|närbibliotek|filial",
    "town_hall": "town hall|kunnantalo|kommunhus|kaupungintalo|stadshus|kommungård|municipal office"
    "|kunnanvirasto|kommunkansli|virastotalo",
    "service_point": "service point|palvelupiste|servicepunkt|asiointipiste|yhteispalvelupiste"
    "|samservice|yhteispalvelu|medborgarservice",
    "institute": "adult education centre|kansalaisopisto|medborgarinstitut|opisto|institut"
    "|työväenopisto|arbetarinstitut",
    "association": "association house|järjestötalo|föreningshus|association|järjestö|yhdistys"
    "|förening|seurantalo|föreningslokal|kylätalo|bygdegård|village hall",
    "service_home": "service home|palvelutalo|servicehus|palvelukoti|servicehem|care home"
    "|asumispalveluyksikkö|boendeserviceenhet|päiväkeskus|dagcenter|day centre",
    "market": "market|tori|torg|market place|kauppatori|salutorg|market square",
    "shopping_centre": "shopping centre|kauppakeskus|köpcentrum|shopping center|kauppa|butik|shop",
    "stop": "mobile library stop|kirjastoauton pysäkki|bokbusshållplats|kirjastoauto|bokbuss"
    "|mobile library|pysäkki|hållplats",
    "other": "other|muu|annan|annat|muu paikka|annan plats",
}
_KINDS: Final[Mapping[str, str]] = {
    "clinic": "clinic|ilman ajanvarausta|utan tidsbokning|walk in clinic|walk in|drop in"
    "|vastaanotto|mottagning|neuvonta|rådgivning",
    "booked": "booked|ajanvarauksella|med tidsbokning|booked appointment|appointment|ajanvaraus"
    "|tidsbokning|varattu aika|bokad tid",
    "group": "group|ryhmä|grupp|hands on group|pienryhmä|smågrupp|ryhmäopastus",
    "info": "info|tietoisku|informationstillfälle|information event|information|infotilaisuus"
    "|infotillfälle",
    "webinar": "webinar|verkkoluento|webbföreläsning|webinaari|webbinarium|webinar viewing",
    "visit": "visit|käynti|besök|jalkautuminen|uppsökande|vierailu",
    "mobile": "mobile|kirjastoauto|bokbuss|mobile library stop|kirjastoauton pysäkki"
    "|bokbusshållplats",
}
_YES: Final = "yes|kyllä|ja|y|k|x|1|true|on|joo|tosi"
_NO: Final = "no|ei|nej|n|e|0|false|epätosi"
CLOSED: Final = frozenset(["closed", "suljettu", "stängt", "kiinni", "stängd", "0"])


def _days() -> dict[str, tuple[str, ...]]:
    found = {}
    for day, names in zip(DAYS, _DAY_NAMES, strict=True):
        words = tuple(names.split("|"))
        own = [f"winter {words[0]}", f"talvi {words[1]}", f"vinter {words[2]}"]
        found[day] = (*words, *own)
        spoken = [
            form
            for word in words
            for name in _SUMMERS
            for form in (f"{name} {word}", f"{word} {name}")
        ]
        first = [f"{season} {word}" for season, word in zip(_SUMMERS[:3], words[:3], strict=True)]
        found[f"summer_{day}"] = tuple(dict.fromkeys((*first, *spoken)))
    return found


HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "municipality": MUNICIPALITY,
    **{field: tuple(words.split("|")) for field, words in _HEADINGS.items()},
    **_days(),
}
FORM: Final = Form(HEADINGS, ("municipality", "name"), "error.venues_columns")
_WORDS: Final = {"sort": _SORTS, "kind": _KINDS}
_CODES: Final = {
    field: {
        **{key(word): code for code, text in words.items() for word in text.split("|")},
        **{key(code): code for code in words},
    }
    for field, words in _WORDS.items()
}
_ANSWERS: Final = {key(word): True for word in _YES.split("|")} | {
    key(word): False for word in _NO.split("|")
}


def heading(field: str, lang: str) -> str:
    """The heading that a template writes above a field."""
    return HEADINGS[field][LANGUAGES.index(lang)]


def word(kind: str, code: str, lang: str) -> str:
    """The word that a template writes for a code; kind: "sort" or "kind"."""
    return _WORDS[kind][code].split("|")[LANGUAGES.index(lang)]


def code_of(kind: str, said: str) -> str | None:
    """The code that a word names, None where it names none; kind: "sort" or "kind"."""
    return _CODES[kind].get(key(said))


def answer_of(said: object) -> bool | None:
    """Whether a word means yes or no, None where it means neither."""
    text = str(int(said)) if isinstance(said, int | float) else str(said)
    return _ANSWERS.get(key(text))
