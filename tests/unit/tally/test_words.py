"""What pages, the sheet and messages call things is understood when it is written in a file."""

from __future__ import annotations

import re

import pytest

from planner.records import OUTCOMES
from planner.tally import TALLY_LANGUAGES, TALLY_TOPICS
from planner.tally.files import COLUMNS
from planner.tally.words import FORM, code
from planner.texts import LANGUAGES, catalogue
from planner.uploads.headings import known_headings


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "codes"),
    [("topic", TALLY_TOPICS), ("language", TALLY_LANGUAGES), ("outcome", OUTCOMES)],
)
def test_the_names_on_the_page_are_understood(
    lang: str, field: str, codes: tuple[str, ...]
) -> None:
    texts = catalogue(lang)
    assert [code(field, texts(f"tally.{field}.{name}")) for name in codes] == list(codes)
    assert [code(field, name) for name in codes] == list(codes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_topic_is_understood_with_its_number_and_without_what_comes_first(lang: str) -> None:
    for number, topic in enumerate(TALLY_TOPICS, 1):
        name = catalogue(lang)(f"tally.topic.{topic}")
        assert code("topic", f"{number}. {name}") == topic
        assert code("topic", name.partition(": ")[2] or name) == topic


@pytest.mark.parametrize(
    ("cell", "topic"),
    [(3, "identification"), (3.0, "identification"), ("3.", "identification"), ("9)", "other")],
)
def test_a_topic_may_be_its_number(cell: object, topic: str) -> None:
    assert code("topic", cell) == topic


@pytest.mark.parametrize("cell", [0, 10, 33, "3 kpl", "weather", "", None])
def test_what_is_no_topic_is_none(cell: object) -> None:
    assert code("topic", cell) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_message_offers_is_understood(lang: str) -> None:
    texts = catalogue(lang)
    for field, codes in {
        "language": TALLY_LANGUAGES,
        "outcome": OUTCOMES,
        "within_other": ("yes", "no"),
    }.items():
        sentence = texts(f"error.tally_{field.removesuffix('_other')}_unknown", value="x")
        offered = sentence.rpartition(": ")[2].rstrip(".").split(", ")
        assert [code(field, word) for word in offered] == list(codes)
    numbers = re.search(r"(\d)–(\d)", texts("error.tally_topic_unknown", value="x"))
    assert numbers
    assert numbers.groups() == ("1", str(len(TALLY_TOPICS)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headings_a_message_asks_for_are_understood(lang: str) -> None:
    sentence = catalogue(lang)("error.tally_columns", row=1, found=[])
    asked = re.split(r", | ja | och | and ", sentence.split(". ")[1])
    named = [part.rpartition("sarakkeet ")[2] for part in asked]
    named = [re.sub(r".*(kolumnerna|columns) ", "", part) for part in named]
    assert known_headings(named, FORM).keys() == set(FORM.required)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headings_of_the_sheet_and_of_the_own_file_are_understood(lang: str) -> None:
    texts = catalogue(lang)
    fields = ("point", "day", "topic", "language", "outcome", "minutes")
    heads = [texts(f"tally.field.{name}") for name in fields]
    assert list(known_headings([*heads, texts("tally.within")], FORM)) == [*fields, "within_other"]
    assert list(known_headings([texts("tally.sheet.topic")], FORM)) == ["topic"]
    assert list(known_headings(COLUMNS, FORM)) == list(COLUMNS)
