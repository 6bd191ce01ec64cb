"""The sentences about uploads: each that can be told exists, and each that exists can be told."""

from __future__ import annotations

import re
from pathlib import Path

from planner.assumptions import CHANNELS
from planner.texts import LANGUAGES, catalogue
from planner.uploads import words

UPLOADS = Path(words.__file__).parent


def test_the_texts_are_those_the_reading_tells() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in UPLOADS.glob("*.py"))
    named = set(re.findall(r'"((?:error\.upload|upload\.note)\.\w+)"', source))
    kept = {name for name in catalogue("en").ids if name.startswith(("error.upload.", "upload."))}
    assert named == kept


def test_every_channel_has_its_words() -> None:
    assert tuple(words.CHANNEL_WORDS) == CHANNELS


def test_the_channels_a_message_offers_are_understood() -> None:
    for lang in LANGUAGES:
        sentence = catalogue(lang)("error.upload.unknown_channel", value="x")
        offered = sentence.rpartition(": ")[2].rstrip(".").split(", ")
        codes = [code for word in offered for code in CHANNELS if word in words.CHANNEL_WORDS[code]]
        assert codes == list(CHANNELS)


def test_the_headings_a_message_asks_for_are_understood() -> None:
    for field, code in {
        "municipality": "no_municipality_column",
        "week": "no_week_column",
        "contacts": "no_contacts_column",
        "date": "no_date_column",
        "users": "no_users_column",
    }.items():
        known = {**words.USER_LOG.headings, **words.VISIT_LOG.headings}[field]
        for lang in LANGUAGES:
            sentence = catalogue(lang)(f"error.upload.{code}", row=1, found=[])
            asked = re.findall(r"[”“](.+?)”", sentence)
            assert asked[0] in known
