"""Files kept by hand: their faults told, their text read, their entries held against a shape."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from planner.snapshot.problems import Problem

FILE = "assumptions.toml"
LARGEST_NUMBER = 1e12
RESTORE = "`git checkout data` restores the shipped file"


class Fault(Problem):
    """A problem with a file kept by hand; it brings its own sentences."""

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return str(self.values["what"])

    @property
    def mend(self) -> str:
        """How to mend it, in English."""
        return str(self.values["mend"])


def fault(file: str, row: int | None, what: str, mend: str) -> Fault:
    """The problem `what`, with `mend` or the shipped file as the way out."""
    return Fault(file, row, "data.by_hand", {"what": what, "mend": f"{mend}, or {RESTORE}"})


def read_text(path: Path, problems: list[Problem]) -> tuple[bytes, str | None]:
    """A file's bytes, and its text unless a problem was added."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.append(fault(path.name, None, "the file is missing", "put the file back"))
        return b"", None
    except OSError as error:
        what = f"the file can't be read ({error.strerror})"
        problems.append(fault(path.name, None, what, "put a readable file in its place"))
        return b"", None
    try:
        # Excel puts a byte order mark first; it is no part of the text.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start + 1} of the file is not UTF-8 text"
        mend = "save the file in the encoding UTF-8 (not Windows-1252 or ANSI)"
        problems.append(fault(path.name, row, what, mend))
        return raw, None
    if not text.strip():
        problems.append(fault(path.name, None, "the file is empty", "put its content back"))
        return raw, None
    return raw, text


def folder_problems(folder: Path) -> list[Problem]:
    """That `folder` is none, which every one of its files would say otherwise."""
    try:
        if folder.is_dir():
            return []
        what = "this is a file, not a folder" if folder.exists() else "there is no such folder"
    except OSError as error:
        what = f"the folder can't be opened ({error.strerror})"
    mend = "name a folder that holds assumptions.toml, waves.csv and the tables, as data/ does"
    # A name may hold bytes that are no text.
    name = os.fsencode(folder).decode("utf-8", "replace")
    return [fault(name, None, what, mend)]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    # A whole number that no float holds would overflow before it could be found infinite.
    return type(value) in (int, float) and abs(cast(float, value)) <= LARGEST_NUMBER


def _is_numbers(value: object) -> bool:
    return _is_number(value) or (isinstance(value, list) and all(map(_is_number, value)))


def _is_amount(value: object) -> bool:
    return _is_number(value) or type(value) is dt.date


def _is_list(value: object, each: Callable[[object], bool], length: int | None = None) -> bool:
    return isinstance(value, list) and all(map(each, value)) and length in (None, len(value))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


Shape = tuple[Callable[[object], bool], str]
Shapes = Mapping[str, Mapping[str, Shape]]


@dataclass(frozen=True)
class Form:
    """What a file in TOML must look like.

    schema: the version of it that is read; keys: those that every entry of a section has, by
    section; optional: those it may have.
    """

    file: str
    schema: int
    keys: Shapes
    optional: Shapes = field(default_factory=dict)


TEXT: Shape = (_is_text, "a text in double quotes")
NUMBERS: Shape = (_is_numbers, "a number, or a list of numbers in square brackets")
PAIR: Shape = (lambda value: _is_list(value, _is_amount, 2), "a list [lowest, highest]")
TEXTS: Shape = (lambda value: _is_list(value, _is_text), "a list of texts in square brackets")
COMMON = {"id": TEXT, "unit": TEXT, "bounds": PAIR, "grade": TEXT, "sources": TEXTS}
ASSUMPTIONS = Form(
    FILE,
    schema=1,
    keys={
        "scenario": {**COMMON, "value": (_is_amount, "a number or a date YYYY-MM-DD")},
        "assumption": {
            **COMMON,
            "group": TEXT,
            "bounds": (lambda value: _is_list(value, _is_number, 2), "a list [lowest, highest]"),
            **dict.fromkeys(("low", "central", "high"), NUMBERS),
        },
        "sources": {"fi": TEXT, "sv": TEXT, "en": TEXT},
    },
    optional={
        "assumption": {
            "rows": TEXT,
            "derived": (lambda value: isinstance(value, bool), "true or false"),
            "correlated_with": (_is_table, "a table { id = number }"),
        }
    },
)


def read_content(text: str, form: Form, problems: list[Problem]) -> dict[str, object] | None:
    """The content of a file's text, None and a problem more where it is none of that form."""
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"the file can't be read as TOML: {error}"
        problems.append(fault(form.file, None, what, "correct the TOML there"))
        return None
    schema = content.get("schema")
    if schema != form.schema:
        said = "the key schema is missing" if schema is None else f"schema is {schema}"
        what = f"{said} where this version reads schema {form.schema}"
        mend = f"write schema = {form.schema} at the top"
        problems.append(fault(form.file, None, what, mend))
    return content


def lacks(section: str, heading: str, form: Form) -> Problem:
    """That a section is missing or empty."""
    return fault(form.file, None, f"there is no {section}", f"add entries headed {heading}")


def sound_entries(
    content: Mapping[str, object], section: str, form: Form, problems: list[Problem]
) -> list[Mapping[str, Any]]:
    """The sound entries of a section; what is wrong with the others becomes problems."""
    entries = content.get(section)
    if not isinstance(entries, list) or not entries:
        problems.append(lacks(section, f"[[{section}]]", form))
        return []
    sound, seen = [], set()
    for number, entry in enumerate(entries, start=1):
        given = entry.get("id") if isinstance(entry, dict) else None
        name = given if isinstance(given, str) and given else f"{section} number {number}"
        if name in seen:
            what = f"{name}: two entries have this id, and ids must be unique"
            problems.append(fault(form.file, None, what, "give one of the two another id"))
        seen.add(name)
        if is_sound(section, name, entry, form, problems):
            sound.append(entry)
    return sound


def is_sound(section: str, name: str, entry: object, form: Form, problems: list[Problem]) -> bool:
    """Whether an entry has the keys of its section and no others; what is wrong: problems."""
    if isinstance(entry, dict):
        found = check_for_keys(section, name, entry, form)
    else:
        mend = f"give it the keys {', '.join(form.keys[section])}"
        found = [fault(form.file, None, f"{name}: it is no table", mend)]
    problems += found
    return not found


def check_for_keys(
    section: str, name: str, entry: Mapping[str, object], form: Form
) -> list[Problem]:
    """What is missing from an entry, of a wrong kind or not known in it."""
    needed = form.keys[section]
    shapes = {**needed, **form.optional.get(section, {})}
    found: list[Problem] = [
        fault(form.file, None, f'{name}: the key "{key}" is missing', f"add {key} to it")
        for key in needed
        if key not in entry
    ]
    for key, value in entry.items():
        if key not in shapes:
            mend = f"remove it, or spell it like one of {', '.join(shapes)}"
            found.append(fault(form.file, None, f'{name}: the key "{key}" is not known', mend))
        elif not shapes[key][0](value):
            said = repr(value) if isinstance(value, str | dict | list) else str(value)
            what = f"{name}: {key} is {said}"
            found.append(fault(form.file, None, what, f"write {shapes[key][1]}"))
    return found
