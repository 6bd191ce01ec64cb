"""The page shell's language, the map's route and the files beside it."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from pathlib import Path

import httpx
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from planner.texts import catalogue
from planner.ui import asgi

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def language_of(lang: str | None, kunta: str | None) -> str:
    return lang or ("sv" if kunta == "478" else "fi")


async def shell_page(request: Request) -> Response:
    """The platform's page as it serves it: compressed where asked, with validators."""
    body = INDEX.read_bytes()
    headers = {"etag": '"1"', "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body)
        headers["content-encoding"] = "gzip"
    return HTMLResponse(body, headers=headers)


async def plain(request: Request) -> Response:
    return PlainTextResponse(request.headers.get("accept-encoding", ""))


def ask(path: str, method: str = "GET", **headers: str) -> httpx.Response:
    app = Starlette(
        routes=[
            *asgi.routes(),
            Route("/_stcore/health", plain),
            Route("/robots.txt", plain),
            Route("/{page:path}", shell_page),
        ]
    )
    app.add_middleware(asgi.ShellMiddleware, language_of=language_of)

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)

    return asyncio.run(call())


@pytest.mark.parametrize(
    ("path", "lang"),
    [("/", "fi"), ("/country?lang=sv", "sv"), ("/?lang=en", "en"), ("/?kunta=478", "sv")],
)
def test_the_first_byte_speaks_the_page_language(path: str, lang: str) -> None:
    answer = ask(path)
    assert f'<html lang="{lang}">' in answer.text
    assert f"<title>{catalogue(lang)('shell.tool')}</title>" in answer.text
    assert catalogue(lang)("shell.noscript") in answer.text
    assert answer.headers["content-language"] == lang
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_last_of_two_languages_counts_as_in_the_app() -> None:
    assert '<html lang="sv">' in ask("/?lang=en&lang=sv").text


def test_a_compressed_or_stored_page_is_never_served() -> None:
    answer = ask("/", accept_encoding="gzip", if_none_match='"1"')
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


def test_a_head_request_has_no_body() -> None:
    answer = ask("/", method="HEAD")
    assert answer.status_code == 200
    assert answer.content == b""


def test_other_answers_pass_unchanged() -> None:
    assert ask("/_stcore/health", accept_encoding="gzip").text == "gzip"
    assert ask("/robots.txt").headers["content-type"].startswith("text/plain")


def test_nothing_of_the_platform_speaks_english_before_the_script_runs() -> None:
    page = asgi.localise(INDEX.read_text(encoding="utf-8"), "fi")
    noscript = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert noscript == f"<p>{catalogue('fi')('shell.noscript')}</p>"
    assert "<title>Streamlit</title>" not in page
    assert "favicon.png" not in page
    # The script must come before the platform's own, or the browser's language is read too early.
    assert page.index("shell.js") < page.index('type="module"')


def test_the_script_and_the_styles_are_stored_for_good() -> None:
    page = asgi.localise(INDEX.read_text(encoding="utf-8"), "fi")
    for name, kind in [("shell.js", "text/javascript"), ("shell.css", "text/css")]:
        path = re.search(rf'\.(/shell/{name}\?v=\w+)"', page)
        assert path is not None
        answer = ask(path[1])
        assert answer.headers["content-type"].startswith(kind)
        assert "immutable" in answer.headers["cache-control"]
    assert ask("/shell/other.js").status_code == 404


def test_the_script_carries_the_words_of_the_catalogues() -> None:
    script = ask("/shell/shell.js").text
    line = next(line for line in script.splitlines() if "const WORDS" in line)
    table = json.loads(line.partition("= ")[2].rstrip(";"))
    assert set(table) == {"fi", "sv"}
    assert table["fi"]["Skip to main content"] == catalogue("fi")("builtin.skip")
    assert table["sv"]["Press {a}+Enter to apply"].count("{a}") == 1


# Sentences that the platform puts together from parts while it runs.
ASSEMBLED = {
    "apply",
    "apply_keys",
    "submit",
    "submit_keys",
    "date_choose_month",
    "max_selected",
    "max_selected_one",
    "not_found_any",
    "not_found_page",
    "chart_x_axis",
    "chart_x_axis_plain",
    "chart_y_axis",
    "chart_y_axis_plain",
    "chart_legend_symbol",
    "chart_legend_gradient",
    "chart_legend_plain",
}


def test_every_translated_word_is_one_the_platform_uses() -> None:
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in (INDEX.parent / "static" / "js").glob("*.js")
    )
    english = catalogue("en")
    unused = {
        text_id.removeprefix("builtin.")
        for text_id in english.ids
        if text_id.startswith("builtin.")
        and any(
            part.strip(" .'…•") not in scripts
            for part in re.split(r"\{\w\}", english(text_id, a="{a}", b="{b}"))
        )
    }
    assert unused <= ASSEMBLED


def test_the_map_is_served_with_a_mark_of_its_content() -> None:
    answer = ask(asgi.MAP_PATH)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["type"] == "Topology"
    again = ask(asgi.MAP_PATH, if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_missing_map_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(asgi, "MAP_FILE", tmp_path / "none.json")
    assert ask(asgi.MAP_PATH).status_code == 404
