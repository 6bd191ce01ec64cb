"""The catalogues: the same ids and placeholders in every language, and every id in use exists."""

from __future__ import annotations

import datetime as dt
import re
import string
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.texts import LANGUAGES, catalogue

PLANNER = Path(__file__).parents[2] / "planner"
ENGLISH = catalogue("en")

# Words that are the same in two of the languages.
SAME = {
    "sv": {
        "builtin.chart_title_text",
        "capacity.provider.bank",
        "format.people",
        "page.scenario",
    },
    "fi": set(),
}
NAMED = re.compile(r"""\b_?texts(?:\.count|\.document)?\(\s*(f?)["']([a-z][^"\n]*?)["'](?=[,)])""")
RAISED = re.compile(r"""\b\w+Error\(\s*["'](error\.[\w.]+)["']""")


def forms(lang: str, text_id: str) -> list[str]:
    """Every form of a text as it stands in the catalogue."""
    translations = catalogue(lang)._translations
    if text_id in catalogue(lang)._counted:
        return [translations.ngettext(text_id, text_id + ".n", n) for n in (1, 2)]
    return [translations.gettext(text_id)]


def placeholders(text: str) -> set[str]:
    """The names of a text's placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_ids(lang: str) -> None:
    assert catalogue(lang).ids ^ ENGLISH.ids == frozenset()
    assert catalogue(lang)._counted == ENGLISH._counted


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_every_language_has_the_same_placeholders(lang: str) -> None:
    wrong = {
        text_id: (forms(lang, text_id), forms("en", text_id))
        for text_id in ENGLISH.ids & catalogue(lang).ids
        # A chart's built-in description has parts that a translation leaves out.
        if not text_id.startswith("builtin.chart_")
        and set().union(*map(placeholders, forms(lang, text_id)))
        != set().union(*map(placeholders, forms("en", text_id)))
    }
    assert wrong == {}


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_nothing_is_left_in_english(lang: str) -> None:
    same = {
        text_id
        for text_id in ENGLISH.ids & catalogue(lang).ids
        if forms(lang, text_id) == forms("en", text_id)
        and re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", "".join(forms("en", text_id))))
    }
    assert same - SAME[lang] == set()


def test_every_id_named_in_the_code_exists() -> None:
    missing = []
    # Only these may use texts; elsewhere the name means something else.
    users = [*(PLANNER / "ui").rglob("*.py"), *(PLANNER / "export").rglob("*.py")]
    users += (PLANNER / "command_line").rglob("*.py")
    for path in [*users, *PLANNER.glob("__main__.py")]:
        source = path.read_text(encoding="utf-8")
        named = [(text_id, made == "f") for made, text_id in NAMED.findall(source)]
        for text_id, made in named:
            # f"page.{key}" stands for every id of that shape.
            shape = re.sub(r"\{.*?\}", "\0", text_id) if made else text_id
            pattern = re.compile(re.escape(shape).replace("\0", r"[\w.]+"))
            known = any(pattern.fullmatch(known) for known in ENGLISH.ids)
            if not known and not (PLANNER / "texts" / "en" / f"{text_id}.md").exists():
                missing.append((path.relative_to(PLANNER).as_posix(), text_id))
    assert missing == []


def test_every_error_raised_has_a_text() -> None:
    raised = {
        code for path in PLANNER.rglob("*.py") for code in RAISED.findall(path.read_text("utf-8"))
    }
    assert raised - ENGLISH.ids == set()
    assert "error.date" in raised


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_long_texts_exist_in_every_language(lang: str) -> None:
    names = {path.stem for path in (PLANNER / "texts" / lang).glob("*.md")}
    assert names == {path.stem for path in (PLANNER / "texts" / "en").glob("*.md")}
    assert all(len(catalogue(lang).document(name)) > 200 for name in names)


def test_headings_of_the_long_texts_match() -> None:
    for path in (PLANNER / "texts" / "en").glob("*.md"):
        outlines = [
            re.findall(r"^#+", catalogue(lang).document(path.stem), re.M) for lang in LANGUAGES
        ]
        assert outlines[0] == outlines[1] == outlines[2], path.stem


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        ENGLISH("no.such.text")
    with pytest.raises(KeyError):
        ENGLISH.count("shell.tool", 2)
    with pytest.raises(KeyError):
        ENGLISH("format.hours")


def test_an_unknown_language_is_an_error_of_the_reader() -> None:
    with pytest.raises(PlannerError) as caught:
        catalogue("de")
    assert caught.value.code == "error.unknown_language"
    assert "de" in ENGLISH.error(caught.value)


@pytest.mark.parametrize(
    ("lang", "n", "expected"),
    [("fi", 1, "1 tunti"), ("fi", 2.5, "2,5 tuntia"), ("sv", 1, "1 timme"), ("en", 0, "0 hours")],
)
def test_counted_texts_follow_the_number(lang: str, n: float, expected: str) -> None:
    assert catalogue(lang).count("format.hours", n) == expected


@pytest.mark.parametrize(
    ("lang", "value", "expected"),
    [
        ("fi", 1234.5, "1\xa0234,5"),
        ("en", 1234.5, "1,234.5"),
        ("sv", dt.date(2026, 1, 19), "19.1.2026"),
        ("en", dt.date(2026, 1, 19), "19 January 2026"),
        ("fi", ["Keuruu", "Kerava"], "Keuruu, Kerava"),
    ],
)
def test_placeholders_are_written_as_the_language_does(
    lang: str, value: object, expected: str
) -> None:
    assert expected in catalogue(lang)("error.number", value=value)
