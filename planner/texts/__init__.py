"""The words of the interface: catalogues in Finnish, Swedish and English, looked up by id.

Every `.po` file of a language is read and merged in memory, so there is no build step. The key of
an entry is a dotted id ("verdict.ready"), never a sentence; English is a translation like the
others. A missing id is an error: no untranslated id may ever reach a reader.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, cast, get_args

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from planner.clock import HELSINKI
from planner.errors import PlannerError

Language = Literal["fi", "sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "fi"

# Which form of a language numbers and dates follow: Swedish as written in Finland.
LOCALES: Final[Mapping[Language, str]] = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
DATE_PATTERNS: Final[Mapping[Language, str]] = {
    "fi": "d.M.yyyy",
    "sv": "d.M.yyyy",
    "en": "d MMMM yyyy",
}
# A moment, by Finland's clock.
MOMENT_PATTERNS: Final[Mapping[Language, str]] = {
    "fi": "d.M.yyyy 'klo' H.mm",
    "sv": "d.M.yyyy 'kl.' H.mm",
    "en": "d MMMM yyyy 'at' H:mm",
}

_FOLDER: Final = Path(__file__).parent
_PLURAL_SUFFIX: Final = ".n"


class Texts:
    """The texts of one language; call it with an id and the values of its placeholders."""

    def __init__(self, lang: Language, catalog: Catalog) -> None:
        self.lang: Final[Language] = lang
        self.ids: Final[frozenset[str]] = frozenset(_id_of(m.id) for m in catalog if m.id)
        self._counted: Final = frozenset(
            _id_of(m.id) for m in catalog if m.id and not isinstance(m.id, str)
        )
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._translations: Final = gettext.GNUTranslations(compiled)

    def __call__(self, text_id: str, **values: object) -> str:
        """The text of an id with its placeholders filled in; KeyError when there is none."""
        if text_id not in self.ids or text_id in self._counted:
            raise KeyError(f"no text {text_id!r} in {self.lang!r}")
        return self._fill(self._translations.gettext(text_id), values)

    def count(self, text_id: str, n: float, **values: object) -> str:
        """The form of a text that fits the number `n`, which also fills the placeholder {n}."""
        if text_id not in self._counted:
            raise KeyError(f"no counted text {text_id!r} in {self.lang!r}")
        # 1.5 takes the plural in all three languages; gettext itself wants a whole number.
        whole = int(n) if float(n).is_integer() else 2
        form = self._translations.ngettext(text_id, text_id + _PLURAL_SUFFIX, whole)
        return self._fill(form, {"n": n, **values})

    def error(self, error: PlannerError) -> str:
        """The sentence that tells a reader what went wrong and how to mend it."""
        return self(error.code, **error.values)

    def document(self, name: str) -> str:
        """A long text as Markdown, by its file name without ending."""
        path = _FOLDER / self.lang / f"{name}.md"
        if not path.is_file():
            raise KeyError(f"no document {name!r} in {self.lang!r}")
        return path.read_text(encoding="utf-8")

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        if not values and "{" not in text and "}" not in text:
            return text
        return text.format(**{name: spoken(value, self.lang) for name, value in values.items()})


@cache
def locale_of(lang: Language) -> Locale:
    """The locale of a language: parsed once, which babel would do again for every number."""
    return Locale.parse(LOCALES[lang])


@lru_cache(maxsize=1 << 13)
def _number(value: float, lang: Language) -> str:
    return str(format_decimal(value, locale=locale_of(lang)))


def spoken(value: object, lang: Language) -> str:
    """A placeholder's value as readers of the language write it: numbers, dates, moments, lists."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise TypeError("a truth value has no wording: choose the text by it instead")
    if isinstance(value, (int, float)):
        # the decimal arithmetic behind the formats ends at 28 digits
        if abs(value) >= 1e20:
            return f"{value:.3g}"
        return _number(value, lang)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        pattern = MOMENT_PATTERNS[lang]
        return str(format_datetime(value, pattern, tzinfo=HELSINKI, locale=locale_of(lang)))
    if isinstance(value, date):
        return str(format_date(value, DATE_PATTERNS[lang], locale=locale_of(lang)))
    if isinstance(value, Iterable):
        return ", ".join(spoken(item, lang) for item in value)
    return str(value)


@cache
def catalogue(lang: str) -> Texts:
    """All texts of a language, read once; PlannerError when the language is not one of ours."""
    if lang not in LANGUAGES:
        raise PlannerError("error.unknown_language", value=lang)
    merged = Catalog(locale=lang)
    seen: dict[str, Path] = {}
    for path in sorted((_FOLDER / lang).glob("*.po")):
        for message in _read(path, lang):
            if not message.id:
                continue
            text_id = _id_of(message.id)
            if text_id in seen:
                raise ValueError(f"{text_id!r} stands in {seen[text_id]} and in {path}")
            if not message.string or (not isinstance(message.string, str) and "" in message.string):
                raise ValueError(f"{text_id!r} in {path} has no text")
            seen[text_id] = path
            merged.add(message.id, message.string)
    return Texts(lang, merged)


def _read(path: Path, lang: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=lang, abort_invalid=True)


def _id_of(message_id: object) -> str:
    # A counted text has two: its id and the id of its plural.
    return message_id if isinstance(message_id, str) else str(cast(tuple[str, ...], message_id)[0])
