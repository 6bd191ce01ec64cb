"""What people write in a file of capacity rows, in three languages: headings, words for codes.

Of each heading and word the first three are those that the planner writes: English, Finnish,
Swedish. None has a comma: a spreadsheet's list of choices would part it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from planner.uploads.words import CHANNEL_WORDS, LANGUAGES, MUNICIPALITY, Form, key

COLUMNS: Final = (
    "municipality",
    "municipality_name",
    "provider",
    "place",
    "hours",
    "first_week",
    "last_week",
    "people",
    "paid",
    "languages",
    "channels",
    "certainty",
    "origin",
)
"""A file's columns in their order; a CSV file has these names as headings."""

REQUIRED: Final = ("municipality", "provider", "hours")
NAME_HEADINGS: Final = ("municipality name", "kunnan nimi", "kommunens namn")

_HEADINGS: Final[Mapping[str, str]] = {
    "provider": "provider|tuen antaja|stödgivare|support provider|given by|antaja|tuottaja|toimija"
    "|palveluntuottaja|ges av|aktör|producent|serviceproducent|vem ger stödet|kuka antaa tukea",
    "place": "place|paikka|plats|location|service point|palvelupiste|toimipiste|toimipaikka"
    "|serviceställe|ställe|verksamhetsställe",
    "hours": "hours a week|tuntia viikossa|timmar i veckan|hours|hours per week|weekly hours"
    "|tunnit|tunnit viikossa|tunteja viikossa|viikkotunnit|tuntia|h|timmar|timmar per vecka"
    "|veckotimmar|tim",
    "first_week": "first week|ensimmäinen viikko|första veckan|first|from|start|begins|alkaa"
    "|alkaen|alku|alkuviikko|alkupäivä|alkamispäivä|första vecka|från|början|börjar|startdatum",
    "last_week": "last week|viimeinen viikko|sista veckan|last|until|to|end|ends|päättyy|loppuu"
    "|asti|loppu|loppuviikko|loppupäivä|päättymispäivä|sista vecka|till|slut|slutar|upphör"
    "|slutdatum",
    "people": "people|henkilöitä|personer|persons|number of people|henkilöt|henkilömäärä|hlö"
    "|antal personer",
    "paid": "paid or volunteer|palkattu vai vapaaehtoinen|avlönad eller frivillig|paid|pay"
    "|palkattu|palkallinen|palkkaus|avlönad|avlöning|lön",
    "languages": "languages|kielet|språk|language|kieli",
    "channels": "channels|kanavat|kanaler|channel|kanava|kanal|palvelumuodot|palvelutavat"
    "|serviceformer|servicesätt",
    "certainty": "certainty|varmuus|hur säkert|how certain|kuinka varma|säkerhet",
    "origin": "origin|alkuperä|ursprung|tiedon alkuperä|uppgiftens ursprung",
}

_PROVIDERS: Final[Mapping[str, str]] = {
    "library": "library|kirjasto|bibliotek|libraries|kirjastot|biblioteket",
    "service_point": "municipal service point|kunnan palvelupiste|kommunens servicepunkt"
    "|service point|palvelupiste|asiointipiste|yhteispalvelupiste|servicepunkt|samservice",
    "adult_education": "adult education centre|kansalaisopisto|medborgarinstitut|työväenopisto"
    "|arbetarinstitut|opisto",
    "employment": "employment services|työllisyyspalvelut|sysselsättningstjänster"
    "|sysselsättningsservice",
    "youth": "youth services|nuorisopalvelut|ungdomstjänster|nuorisotyö|ungdomsarbete|ohjaamo"
    "|navigatorn",
    "integration": "integration services|kotoutumispalvelut|integrationstjänster"
    "|integrationsservice",
    "association": "association|järjestö|förening|associations|järjestöt|yhdistys|yhdistykset"
    "|föreningar|organisation|organisationer",
    "project": "project|hanke|projekt|projekti",
    "parish": "parish|seurakunta|församling|församlingen",
    "bank": "bank|pankki|bank|banken",
    "authority": "other authority|muu viranomainen|annan myndighet|viranomainen|myndighet",
    "remote": "remote service|etäpalvelu|distansservice|etätuki|distanstjänst",
}
_PAID: Final[Mapping[str, str]] = {
    "paid": "paid (hours with clients)|palkattu (tunnit asiakkaiden kanssa)"
    "|avlönad (timmar med kunder)|paid staff|palkattu|palkallinen|avlönad|yes|kyllä|ja",
    "contract": "paid (contract hours)|palkattu (työsuhteen tunnit)|avlönad (anställningstimmar)"
    "|contract hours|sopimustunnit|työsuhteen tunnit|anställningstimmar"
    "|avlönad (avtalade timmar)|avtalade timmar|avtal",
    "volunteer": "volunteer|vapaaehtoinen|frivillig|volunteers|vapaaehtoiset|frivilliga|unpaid"
    "|palkaton|oavlönad|no|ei|nej",
}
_LANGUAGES: Final[Mapping[str, str]] = {
    "fi": "Finnish|suomi|finska",
    "sv": "Swedish|ruotsi|svenska",
    "se": "Northern Sámi|pohjoissaame|nordsamiska|northern sami",
    "smn": "Inari Sámi|inarinsaame|enaresamiska|inari sami",
    "sms": "Skolt Sámi|koltansaame|skoltsamiska|skolt sami",
    "other": "another language|muu kieli|annat språk|other language|muu|annat|english|englanti"
    "|engelska",
}
_REMOTE: Final = (
    "remote|etänä|på distans|etäpalvelu|etätuki|distans|phone|puhelin|puhelimitse|telefon|video"
)
_CERTAINTIES: Final[Mapping[str, str]] = {
    "certain": "certain|varma|säker|säkert|varmaa",
    "likely": "likely|todennäköinen|sannolik|sannolikt|todennäköistä",
    "uncertain": "uncertain|epävarma|osäker|osäkert|epävarmaa",
}
_ORIGINS: Final[Mapping[str, str]] = {
    "estimated": "estimated|arvioitu|uppskattad|estimate|arvio|arviosta|uppskattning"
    "|från uppskattningen",
    "entered": "entered|ilmoitettu|angiven|kirjattu|syötetty|införd|angivet|angett",
}


def _parted(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(text.split("|")) for code, text in words.items()}


FORM: Final = Form(
    {"municipality": MUNICIPALITY, **_parted(_HEADINGS)}, REQUIRED, "error.services.columns"
)
WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "provider": _parted(_PROVIDERS),
    "paid": _parted(_PAID),
    "languages": _parted(_LANGUAGES),
    "channels": {**CHANNEL_WORDS, "remote": tuple(_REMOTE.split("|"))},
    "certainty": _parted(_CERTAINTIES),
    "origin": _parted(_ORIGINS),
}
"""By column: the words for each of its codes."""

_CODES: Final = {
    column: {key(word): code for code, known in words.items() for word in (*known, code)}
    for column, words in WORDS.items()
}
_BETWEEN: Final = re.compile(r"[,;/+&]|\b(?:ja|och|and|sekä|samt)\b")


def heading(column: str, lang: str) -> str:
    """A column's heading in a language."""
    spoken = LANGUAGES.index(lang)
    if column == "municipality":
        return MUNICIPALITY[spoken].capitalize()
    if column == "municipality_name":
        return NAME_HEADINGS[spoken].capitalize()
    return FORM.headings[column][spoken].capitalize()


def word(column: str, code: str, lang: str) -> str:
    """The word for a code of a column in a language."""
    return WORDS[column][code][LANGUAGES.index(lang)]


def code(column: str, cell: object) -> str | None:
    """The code that a cell of a column means, None where it means none."""
    return _CODES[column].get(key(cell))


def codes(column: str, cell: object) -> tuple[tuple[str, ...], str]:
    """The codes that a cell names with commas or spaces between, and the first part that is none.

    The second is "" where all are known.
    """
    whole = code(column, cell)
    if whole is not None:
        return (whole,), ""
    found: list[str] = []
    for part in filter(None, map(key, _BETWEEN.split(key(cell)))):
        left = part.split()
        while left:
            # names of several words ("northern sámi") come before their first word alone
            names = {end: code(column, " ".join(left[:end])) for end in range(len(left), 0, -1)}
            end = next((end for end, meant in names.items() if meant is not None), 0)
            if end == 0:
                return tuple(found), " ".join(left)
            found.append(str(names[end]))
            del left[:end]
    return tuple(dict.fromkeys(found)), ""
