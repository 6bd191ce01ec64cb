"""The words people write in logs: headings, channels, age bands, totals, in three languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"_": " "})
_LONGEST: Final = 200


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


# Where a file has two of them, the earlier one is read.
MUNICIPALITY: Final = _words(
    "municipality|kunta|kommun|municipality name|kunnan nimi|kommunens namn|kunnat|kommuner"
    "|kaupunki|stad|paikkakunta|ort|municipality code|kuntanumero|kommunnummer|kuntakoodi"
    "|kommunkod|code|kunnan numero|kommunens nummer|kunnan koodi|kommunens kod"
)
DATE: Final = _words("date|päivä|datum|day|päivämäärä|dag|pvm|pv|tilanne|läge|as of")
WEEK: Final = _words(
    "monday|maanantai|måndag|week starting|week start|week commencing|viikon alku"
    "|viikon maanantai|viikon alkupäivä|viikko alkaen|veckans början|veckans måndag|vecka från"
    "|week|viikko|vecka|vko|vk|wk|week number|viikkonumero|veckonummer"
)
YEAR: Final = _words("year|vuosi|år")
_COUNT: Final = _words("count|number|määrä|lukumäärä|kpl|antal|st|n")
CONTACTS: Final = _words(
    "contacts|contact|visits|number of contacts|number of visits|käynnit|käyntejä|käyntien määrä"
    "|käyntimäärä|käyntien lukumäärä|yhteydenotot|yhteydenottoja|asioinnit|asiointikerrat"
    "|neuvontakerrat|neuvontakertoja|besök|antal besök|kontakter|antal kontakter"
    "|handledningstillfällen"
)
CHANNEL: Final = _words(
    "channel|kanava|kanal|palvelumuoto|palvelukanava|asiointikanava|asiointitapa|serviceform"
    "|servicekanal"
)
USERS: Final = _words(
    "users|user count|number of users|users in service|käyttäjät|käyttäjiä|käyttäjämäärä"
    "|käyttäjien määrä|käyttäjien lukumäärä|käytössä|användare|antal användare|i bruk"
)
AGE_BAND: Final = _words(
    "age band|age group|age|ikäryhmä|ikäluokka|ikä|åldersgrupp|åldersklass|ålder"
)


@dataclass(frozen=True)
class Form:
    """A kind of file: the headings each of its fields may have, and which fields it can't lack.

    unfit: what is told, by row and its headings found, where several of these are lacking.
    """

    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    unfit: str


VISIT_LOG: Final = Form(
    {
        "municipality": MUNICIPALITY,
        "week": WEEK + DATE,
        "contacts": CONTACTS + _COUNT,
        "channel": CHANNEL,
        "year": YEAR,
    },
    ("municipality", "week", "contacts"),
    "error.upload.visit_columns",
)
USER_LOG: Final = Form(
    {
        "date": DATE,
        "users": USERS + _COUNT,
        "municipality": MUNICIPALITY,
        "age_band": AGE_BAND,
    },
    ("date", "users"),
    "error.upload.user_columns",
)

LANGUAGES: Final = ("en", "fi", "sv")
# A template's headings by language; the planner's own files have the field's names.
OWN_HEADINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "municipality": ("municipality", "kunta", "kommun"),
    "week": ("week", "viikko", "vecka"),
    "contacts": ("contacts", "käynnit", "besök"),
    "channel": ("channel", "kanava", "kanal"),
    "date": ("date", "päivä", "datum"),
    "users": ("users", "käyttäjät", "användare"),
    "age_band": ("age band", "ikäryhmä", "åldersgrupp"),
}
EXAMPLE: Final = ("example", "esimerkki", "exempel")

# By code of CHANNELS; the first three are a template's words by language.
CHANNEL_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "walk_in": _words(
        "walk-in|ilman ajanvarausta|utan tidsbokning|walk in|drop-in|desk|asiointi|asiointipiste"
        "|palvelupiste|neuvontapiste|tiski|servicepunkt|servicedisk|disk"
    ),
    "booked": _words(
        "booked|varatulla ajalla|med bokad tid|booked appointment|appointment|ajanvaraus"
        "|ajanvarauksella|varattu aika|tidsbokning|bokad tid"
    ),
    "group": _words(
        "group|ryhmässä|i grupp|group session|groups|ryhmä|ryhmät|ryhmäopastus|kurssi|grupp"
        "|grupphandledning|kurs"
    ),
    "outreach": _words(
        "outreach|kotikäynti|hembesök|home visit|home|at home, in a service home or at the market"
        "|koti|kotona|kotona, palvelutalossa tai torilla|jalkautuva|hemma|uppsökande"
        "|hemma, i servicehus eller på torget"
    ),
}
TOTALS: Final = frozenset(
    _words(
        "yhteensä|yht|yht.|kaikki|kaikki yhteensä|summa|loppusumma|kokonaissumma|koko maa|suomi"
        "|koko suomi|totalt|sammanlagt|alla|slutsumma|totalsumma|hela landet|hela finland|total"
        "|totals|grand total|sum|all|whole country|finland"
    )
)
BLANKS: Final = frozenset(
    _words(
        "-|–|—|−|.|..|...|…|?|n/a|na|nan|null|none|ei tietoa|ei tiedossa|puuttuu|saknas"
        "|uppgift saknas|missing|unknown|not known"
    )
)


def unmangled(text: str) -> str:
    """The text before its UTF-8 was read as Windows-1252: "JyvÃ¤skylÃ¤" is "Jyväskylä"."""
    try:
        return text.encode("cp1252").decode("utf-8-sig")
    except UnicodeError:
        return text


def plain(text: str) -> str:
    """A cell's text on one line, with single spaces and composed letters; "12¹" stays "12¹"."""
    if not text.isascii():
        text = _composed(unmangled(text)).replace("\ufeff", "")
    return " ".join(text.split())


def _composed(text: str) -> str:
    # Of a footnote's mark (¹), a fraction or a number in a circle, composing would make digits.
    return "".join(
        "".join(part) if marks else unicodedata.normalize("NFKC", "".join(part))
        for marks, part in groupby(text, lambda letter: unicodedata.category(letter) == "No")
    )


def filled(text: str) -> str | None:
    """A cell's plain text; None where it is empty or stands for nothing ("-", "..")."""
    text = plain(text)
    return text if text and text.casefold() not in BLANKS else None


def key(cell: object) -> str:
    """A cell as it is looked up: plain, in lower case, dashes and underscores made alike."""
    # Nothing that is looked up is longer, and a pattern can be slow in a text without end.
    return plain(str(cell)[:_LONGEST]).translate(_DASHES).casefold().strip(" :;'\"")


def heading_keys(cell: str) -> list[str]:
    """A heading as it is looked up, without brackets and marks: "Käynnit (kpl)", "Kunta¹"."""
    text = re.sub(r"\(.*?\)|\[.*?\]|[*#¹²³⁰⁴-⁹]", " ", key(cell))
    return [" ".join(part.split()).strip(" .:") for part in (text, *text.split("/"))]
