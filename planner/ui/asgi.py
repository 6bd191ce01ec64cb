"""The web server's own part: the page's language from its first byte, its words, and the map.

The platform serves one English page shell for every address. The middleware rewrites it: language,
title, own icon, a style sheet and a script that puts the platform's built-in words (menus, hints,
screen reader texts) into the reader's language.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.errors import PlannerError
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui.state import page_language

log = logging.getLogger(__name__)

_UI: Final = Path(__file__).parent
_DATA: Final = _UI.parents[1] / "data"
_CHART_SCRIPTS: Final = ("ArrowVegaLiteChart", "arrowFormatUtils", "embed", "loadVegaEmbed")
MAP_FILE: Final = _DATA / "municipalities.topo.json"
MAP_PATH: Final = "/map/municipalities.topo.json"
_ASSETS: Final = "/shell/"
_NOT_PAGES: Final = ("/_stcore/", "/static/", "/media/", "/component/", "/map/", _ASSETS)
_WORDS_MARK: Final = "__PLANNER_WORDS__"

LanguageOf = Callable[[str | None, str | None], Language]


class ShellMiddleware:
    """Serves page loads in the language that their address asks for."""

    def __init__(self, app: ASGIApp, language_of: LanguageOf = page_language) -> None:
        self._app = app
        self._language_of = language_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on unchanged but page loads."""
        if scope["type"] != "http" or not _is_page(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        asked = _last(query, "lang"), _last(query, "kunta")
        # In a thread: the first question about Åland reads the figures from disk.
        lang = await asyncio.to_thread(self._language_of, *asked)
        await self._app(_uncached(scope), receive, _Rewriter(send, lang))


class _Rewriter:
    """Holds an HTML answer back until it is whole, then sends it on in the reader's language."""

    def __init__(self, send: Send, lang: Language) -> None:
        self._send = send
        self._lang = lang
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
            return
        if message["type"] != "http.response.body" or self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = localise(self._body.decode("utf-8"), self._lang).encode() if self._body else b""
        headers = MutableHeaders(raw=self._start["headers"])
        # The file's validators would hand a reader of another language a stored page.
        for name in ("etag", "last-modified", "content-length"):
            del headers[name]
        headers["cache-control"] = "no-cache"
        headers["content-language"] = self._lang
        if body:
            headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def localise(page: str, lang: Language) -> str:
    """The page shell in a language: its attribute, title, icon, script, styles, no-script text."""
    texts = catalogue(lang)
    title = html.escape(texts("shell.tool"))
    version = assets_version()
    head = (
        f'<link rel="icon" type="image/svg+xml" href=".{_ASSETS}icon.svg?v={version}" />'
        f'<meta name="description" content="{html.escape(texts("shell.description"))}" />'
        f'<link rel="stylesheet" href=".{_ASSETS}shell.css?v={version}" />'
        # Not deferred: it must run before the platform's own script asks for the language.
        f'<script src=".{_ASSETS}shell.js?v={version}"></script>'
        f"{_early()}"
    )
    page = page.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{title}</title>{head}", 1)
    page = _without(page, '<link rel="shortcut icon"', "/>")
    page = _without(page, "<!--", "-->").lstrip()
    before, opening, rest = page.partition("<noscript>")
    if opening:
        _, closing, after = rest.partition("</noscript>")
        notice = f"<p>{html.escape(texts('shell.noscript'))}</p>"
        page = before + opening + notice + closing + after
    return page


@cache
def _early() -> str:
    """Hints to fetch what every chart and the map need at once, not when the first one is drawn."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    scripts = sorted(path.name for name in _CHART_SCRIPTS for path in folder.glob(f"{name}.*.js"))
    hints = (f'<link rel="modulepreload" href="./static/js/{script}" />' for script in scripts)
    return "".join(hints)


def _without(page: str, opening: str, closing: str) -> str:
    before, found, rest = page.partition(opening)
    return before + rest.partition(closing)[2] if found else page


def words() -> dict[Language, dict[str, str]]:
    """The platform's built-in English words with their translation, by language.

    Both sides stand in the catalogues under `builtin.…`; a placeholder stands for a varying part.
    """
    english = catalogue("en")
    ids = sorted(text_id for text_id in english.ids if text_id.startswith("builtin."))
    return {
        lang: {_raw(english, i): _raw(catalogue(lang), i) for i in ids}
        for lang in LANGUAGES
        if lang != "en"
    }


def _raw(texts: Callable[..., str], text_id: str) -> str:
    placeholders = {name: "{" + name + "}" for name in ("a", "b")}
    return texts(text_id, **placeholders)


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    table = json.dumps(words(), ensure_ascii=False, sort_keys=True)
    # The frame's own sheet first, so that the pages' may add to it.
    sheets = sorted(_UI.glob("*.css"), key=lambda sheet: (sheet.stem != "static", sheet.stem))
    script = (_UI / "static.js").read_text(encoding="utf-8").replace(_WORDS_MARK, table)
    return {
        "shell.js": (script.encode(), "text/javascript; charset=utf-8"),
        "shell.css": (b"".join(sheet.read_bytes() for sheet in sheets), "text/css; charset=utf-8"),
        "icon.svg": ((_UI / "icon.svg").read_bytes(), "image/svg+xml"),
    }


@cache
def assets_version() -> str:
    """A short mark that changes with the script, the style sheet or the icon."""
    return hashlib.sha256(b"".join(body for body, _ in _assets().values())).hexdigest()[:12]


async def _asset(request: Request) -> Response:
    found = _assets().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("Not found", status_code=404)
    body, content_type = found
    # Addresses carry the version, so a stored copy never grows old.
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(body, headers=headers, media_type=content_type)


@cache
def _map_file(modified: int, path: Path) -> tuple[bytes, str]:
    body = path.read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


async def _map(request: Request) -> Response:
    try:
        body, etag = _map_file(MAP_FILE.stat().st_mtime_ns, MAP_FILE)
    except OSError as error:
        log.error("The map file cannot be read: %s", error)
        return PlainTextResponse("Not found", status_code=404)
    headers = {"etag": etag, "cache-control": "public, max-age=3600"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def routes() -> list[Route]:
    """The routes beside the platform's own: the map and the shell's three small files."""
    return [Route(MAP_PATH, _map), Route(_ASSETS + "{name}", _asset)]


def middleware() -> list[Middleware]:
    """The middleware that gives every page its language."""
    return [Middleware(ShellMiddleware)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Reads the figures before the first reader comes, so that nobody waits for them."""
    from planner.snapshot import load_snapshot

    try:
        await asyncio.to_thread(load_snapshot)
    except PlannerError as error:
        log.error("The figures in data/ cannot be used: %s", error)
    yield


def on_script_error(error: Exception) -> bool:
    """True: the error has been logged and told to the reader in their own words."""
    from planner.ui import shell

    log.error("A page failed", exc_info=error)
    shell.tell_failure()
    return True


def _is_page(method: str, path: str) -> bool:
    return method in {"GET", "HEAD"} and not path.startswith(_NOT_PAGES)


def _uncached(scope: Scope) -> Scope:
    # Compressed answers cannot be rewritten, and stored ones may be in another language.
    dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in dropped]}


def _last(query: dict[str, list[str]], name: str) -> str | None:
    return query[name][-1].strip() if name in query else None
