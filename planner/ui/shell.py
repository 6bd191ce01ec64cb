"""The frame every page stands in: language, title, header, footer, and calm words for failures."""

from __future__ import annotations

import html
import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.errors import PlannerError
from planner.texts import LANGUAGES, Language, Texts, catalogue
from planner.ui.format import Formats, formats
from planner.ui.state import State, Value, page_language
from planner.ui.turns import page_runs

log = logging.getLogger(__name__)

# The pages in the order of the navigation; a page's key is its address and its file's name.
PAGES: Final = (
    "municipality",
    "capacity",
    "staffing",
    "sessions",
    "readiness",
    "country",
    "scenario",
    "learning",
    "history",
    "assumptions",
    "how",
)
_FOLDER: Final = Path(__file__).parent / "pages"
_LANGUAGE_NAMES: Final = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


@dataclass(frozen=True)
class Frame:
    """What a page works with: its language, texts and formats, and what its address says."""

    key: str
    lang: Language
    texts: Texts
    fmt: Formats
    state: State
    _header: DeltaGenerator = field(repr=False)
    _drawn: dict[str, str] = field(repr=False)

    def link(self, page: str, label: str, **changes: Value | None) -> None:
        """Draws a link to a page that keeps the address's parameters but for the changes."""
        target = _linked(page, self.texts(f"page.{page}"))
        st.page_link(target, label=label, query_params=self.state.query(**changes))

    def go(self, page: str, **changes: Value | None) -> None:
        """Leaves for another page, with the address's parameters but for the changes."""
        st.switch_page(_page(page, self.texts), query_params=self.state.query(**changes))


def run() -> None:
    """Runs the page that the address names; the entry point calls nothing else."""
    texts = catalogue(_language())
    with page_runs.turn():
        st.navigation([_page(key, texts) for key in PAGES], position="hidden").run()


def open(key: str, title: str | None = None) -> Frame:
    """The frame of a page, its title set and its header drawn.

    `title` is what the browser tab shows before the tool's name; the page's own name unless given.
    """
    state = State(st.query_params)
    state.restore(key, _memory())
    lang = page_language(state.raw("lang"), state.raw("kunta"))
    texts = catalogue(lang)
    own = title or texts(f"page.{key}")
    st.set_page_config(page_title=f"{own} – {texts('shell.tool')}", layout="wide")
    header = st.empty()
    frame = Frame(key, lang, texts, formats(lang), state, header, state.query())
    _draw_header(frame)
    _tell_language(frame)
    for name in ("kunta", "area", "level", "measure", "view", "preset"):
        if problem := state.problems.get(name):
            # Numbers and dates have fields, which say what is wrong where it stands.
            tell(problem, texts)
    return frame


def close(frame: Frame) -> None:
    """Draws the footer, and the header anew where the page has changed its address meanwhile."""
    if frame.state.query() != frame._drawn:
        _draw_header(frame, again=True)
    frame.state.remember(frame.key, _memory())
    texts = frame.texts
    lines = (
        texts("shell.not_official"),
        texts("shell.attribution"),
        texts("shell.version", version=_version()),
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    st.html(f'<footer class="planner-footer">{body}</footer>')


@contextmanager
def guard(frame: Frame | None = None) -> Iterator[None]:
    """Lets a part of a page fail alone: the reader gets a sentence, the log the details."""
    texts = frame.texts if frame else catalogue(_language())
    try:
        yield
    except PlannerError as error:
        log.info("Told to the reader: %s", error)
        tell(error, texts)
    # Streamlit's own signals (stop, rerun) are no Exceptions: they pass.
    except Exception:
        # Whatever fails, no traceback reaches a reader.
        log.exception("A part of a page failed")
        st.error(texts("error.unexpected"))


def tell(error: PlannerError, texts: Texts) -> None:
    """Shows what went wrong in the reader's language."""
    st.error(sentence(error, texts))


def sentence(error: PlannerError, texts: Texts) -> str:
    """What went wrong in the reader's language, plain enough to stand in Markdown."""
    try:
        told = texts.error(error)
    except KeyError:
        log.exception("An error has no text: %s", error)
        told = texts("error.unexpected")
    return _plain(told)


def tell_failure() -> None:
    """Tells the reader that a page failed, for errors that no guard has caught."""
    st.error(catalogue(_language())("error.unexpected"))


def _page(key: str, texts: Texts) -> st.Page:
    return st.Page(
        _FOLDER / f"{key}.py",
        title=texts(f"page.{key}"),
        url_path=key,
        default=key == PAGES[0],
    )


@cache
def _linked(key: str, title: str) -> st.Page:
    """A page to link to, made once: a page has some thirty links."""
    return st.Page(_FOLDER / f"{key}.py", title=title, url_path=key, default=key == PAGES[0])


def _language() -> Language:
    params = st.query_params
    return page_language(params.get("lang"), params.get("kunta"))


def _memory() -> dict[str, object]:
    return st.session_state  # type: ignore[return-value]


def _draw_header(frame: Frame, again: bool = False) -> None:
    # A key may be used once a run; the style sheet goes by the beginning of both.
    pages = "planner_pages_again" if again else "planner_pages"
    texts = frame.texts
    items = "".join(_language_item(frame, code) for code in LANGUAGES)
    here = "" if frame.key == PAGES[0] else frame.key
    with frame._header.container():
        st.html(
            f'<header class="planner-header" data-planner-lang="{frame.lang}"'
            f' data-planner-here="{here}"'
            f' data-planner-pages="{html.escape(texts("shell.pages"))}">'
            f'<p class="planner-name">{html.escape(texts("shell.tool"))}</p>'
            f'<nav class="planner-languages" aria-label="{html.escape(texts("shell.languages"))}">'
            f"<ul>{items}</ul></nav></header>"
        )
        with st.container(horizontal=True, key=pages):
            for key in PAGES:
                frame.link(key, texts(f"page.{key}"))


def _language_item(frame: Frame, code: Language) -> str:
    current = ' aria-current="true"' if code == frame.lang else ""
    address = html.escape(frame.state.link(lang=code))
    name = _LANGUAGE_NAMES[code]
    return f'<li><a href="{address}" lang="{code}" hreflang="{code}"{current}>{name}</a></li>'


def _tell_language(frame: Frame) -> None:
    asked = frame.state.raw("lang")
    if asked and asked not in LANGUAGES:
        st.warning(
            _plain(frame.texts("error.unknown_language_page", value=asked)),
            icon=":material/info:",
        )


def _plain(text: str) -> str:
    # What a reader typed must not turn into Markdown or a link.
    unlinked = text.replace("://", ":\u200b//").replace("www.", "www\u200b.")
    return "".join("\\" + c if c in "\\`*_{}[]<>#$~|!" else c for c in unlinked)


@cache
def _version() -> str:
    project = Path(__file__).parents[2] / "pyproject.toml"
    try:
        # Run from the repository, nothing need be installed.
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    except OSError:
        return version("suomifi-messages-rollout-planner")
