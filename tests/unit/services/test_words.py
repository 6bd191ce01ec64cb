"""Headings and words that the planner writes or offers are understood when read."""

from __future__ import annotations

import itertools

import pytest

from planner import services
from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS
from planner.services.words import COLUMNS, FORM, WORDS, code, codes, heading, word
from planner.texts import LANGUAGES as SPOKEN
from planner.texts import catalogue
from planner.uploads.headings import known_headings
from planner.uploads.words import key
from tests.services import offered

CODES = {
    "provider": PROVIDERS,
    "paid": services.PAID,
    "languages": LANGUAGES,
    "channels": services.ROW_CHANNELS,
    "certainty": CERTAINTIES,
    "origin": ("estimated", "entered"),
}


def test_every_code_has_words() -> None:
    assert {column: tuple(words) for column, words in WORDS.items()} == CODES


@pytest.mark.parametrize("column", WORDS)
def test_a_word_means_one_code(column: str) -> None:
    for name, said in WORDS[column].items():
        for each in (*said, name, said[0].upper()):
            assert code(column, each) == name


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_heading_is_known_as_that_of_its_column(lang: str) -> None:
    for headings in ([heading(name, lang) for name in COLUMNS], list(COLUMNS)):
        found = known_headings(headings, FORM)
        assert found.pop("municipality") == [0, 1]
        assert found == {name: [at] for at, name in enumerate(COLUMNS) if at > 1}


@pytest.mark.parametrize("column", ["languages", "channels"])
@pytest.mark.parametrize("between", [", ", " ", ";", "/", " ja ", " och ", " and "])
def test_lists_are_parted_by_commas_or_spaces(column: str, between: str) -> None:
    for lang in SPOKEN:
        for pair in itertools.permutations(CODES[column], 2):
            said = between.join(word(column, name, lang) for name in pair)
            assert codes(column, said) == (pair, "")
            assert codes(column, between.join(pair)) == (pair, "")


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("column", WORDS)
def test_the_words_of_the_page_are_understood(column: str, lang: str) -> None:
    texts = catalogue(lang)
    kind = column.removesuffix("s") if column in ("languages", "channels") else column

    said = [texts(f"capacity.{kind}.{name}") for name in CODES[column]]

    assert [code(column, each) for each in said] == list(CODES[column])
    title = texts(f"capacity.column.{column}")
    assert known_headings([title], FORM) == {column: [0]}


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("column", WORDS)
def test_what_a_message_offers_is_understood(column: str, lang: str) -> None:
    several = column in ("languages", "channels")
    text_id = f"error.services.{column.removesuffix('s') if several else column}"

    assert [code(column, each) for each in offered(text_id, lang)] == list(CODES[column])


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("column", ["provider", "paid", "certainty", "origin"])
def test_a_list_of_choices_fits_into_a_spreadsheet(column: str, lang: str) -> None:
    said = [word(column, name, lang) for name in CODES[column]]

    # Excel takes 255 characters, with commas between
    assert len(",".join(said)) <= 255
    assert not any("," in each or '"' in each for each in said)
    assert len(set(map(key, said))) == len(said)
