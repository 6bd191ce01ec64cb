"""What people write in a tally's file, in three languages: headings, and words for the codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from planner.tally.sums import TALLY_TOPICS
from planner.uploads.words import WEEK, YEAR, Form, key

FORM: Final = Form(
    {
        "point": ("point", "service point", "palvelupiste", "serviceställe"),
        "topic": ("topic", "aihe", "ämne", "topic no", "aiheen nro", "ämnets nr"),
        "minutes": ("minutes", "minuutit", "minuter", "min"),
        "language": ("language", "kieli", "språk"),
        "outcome": (
            *("outcome", "tulos", "utfall"),
            *("how did it end?", "miten kävi?", "hur gick det?", "miten kävi", "hur gick det"),
        ),
        "within_other": (
            *("within other", "within another service", "muun palvelun yhteydessä"),
            "i samband med annan service",
        ),
        "day": ("day", "date", "päivä", "dag", "datum"),
        "week": WEEK,
        "year": YEAR,
    },
    ("point", "topic", "minutes", "outcome"),
    "error.tally_columns",
)
_TOPICS: Final = {
    "what_changes": "what is changing|mikä muuttuu|vad som ändras",
    "account": "opening the account and e-mail notification|käyttöönotto ja sähköposti-ilmoitukset"
    "|ibruktagande och aviseringar per e-post",
    "identification": "strong identification|vahva tunnistautuminen|stark autentisering",
    "message": "reading and acting on a message|viestin lukeminen ja siihen vastaaminen"
    "|läsa och svara på ett meddelande",
    "paper": "back to paper|paluu paperipostiin|återgång till papperspost",
    "on_behalf": "acting for somebody else (e-authorizations)"
    "|asiointi toisen puolesta (suomi.fi-valtuudet)"
    "|ärenden för någon annan (suomi.fi-fullmakter)",
    "scams": "scams and safe links|huijaukset ja turvalliset linkit|bedrägerier och säkra länkar",
    "device": "device, printing and attachments|laite, tulostus ja liitteet"
    "|apparat, utskrift och bilagor",
    "other": "other digital support|muu digituki|annat digitalt stöd"
    "|other digital support (not suomi.fi messages)|muu digituki (ei suomi.fi-viestit)"
    "|annat digitalt stöd (inte suomi.fi-meddelanden)",
}
_LANGUAGES: Final = {
    "fi": "finnish|suomi|finska",
    "sv": "swedish|ruotsi|svenska",
    "en": "english|englanti|engelska",
    "other": "another language|other language|muu|muu kieli|annat|annat språk",
}
_OUTCOMES: Final = {
    "solved": "solved|ratkesi|löstes",
    "referred": "referred elsewhere|ohjattiin muualle|hänvisades vidare",
    "turned_away": "turned away|jäi ilman apua|blev utan hjälp",
}
_TRUTHS: Final = {"yes": "1|x|yes|kyllä|ja|true", "no": "0|no|ei|nej|false"}


def _by_word(words: Mapping[str, str]) -> Mapping[str, str]:
    said = {word: code for code, text in words.items() for word in text.split("|")}
    return {**said, **{key(code): code for code in words}}


# By field: codes by the words people write, the codes themselves among them.
WORDS: Final = {
    "topic": _by_word(_TOPICS),
    "language": _by_word(_LANGUAGES),
    "outcome": _by_word(_OUTCOMES),
    "within_other": _by_word(_TRUTHS),
}
_NUMBERED: Final = re.compile(r"(\d{1,2})(?:[.)]|[.,]0)?")
_MESSAGES: Final = re.compile(r"^(?:\d[.)] ?)?(?:(?:viestit|meddelanden|messages): ?)?")


def code(field: str, cell: object) -> str | None:
    """The code that a cell of a field means, None where it means none.

    A topic may be written by its number on the sheet, by its name there, or by its code.
    """
    said = key(cell)
    if field == "topic":
        number = _NUMBERED.fullmatch(said)
        if number:
            at = int(number[1])
            return TALLY_TOPICS[at - 1] if 1 <= at <= len(TALLY_TOPICS) else None
        said = _MESSAGES.sub("", said)
    return WORDS[field].get(said.removesuffix(".0"))
