"""Where the store is: an SQLite file in the user's data folder, or what the environment says."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from planner.errors import PlannerError

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE: Final = "PLANNER_DATABASE_URL"
FOLDER: Final = "suomifi-messages-rollout-planner"
FILE: Final = "planner.sqlite"
_SECRET: Final = ("password", "sslpassword")


def data_folder(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    home: Path | None = None,
) -> Path:
    """The folder in which programs of this user keep data, by the habits of the platform."""
    home = home or Path.home()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / FOLDER
    if platform == "darwin":
        return home / "Library" / "Application Support" / FOLDER
    given = environment.get("XDG_DATA_HOME", "")
    # the base directory specification wants relative paths ignored
    return (Path(given) if Path(given).is_absolute() else home / ".local" / "share") / FOLDER


def database_url(url: str | None = None) -> URL:
    """The URL given, or that of the environment, or the file in the data folder.

    Files become absolute and every PostgreSQL address takes the same driver. PlannerError where it
    is neither SQLite nor PostgreSQL.
    """
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    text = (url if url is not None else os.environ.get(VARIABLE, "")).strip()
    if not text:
        return URL.create("sqlite", database=str(data_folder() / FILE))
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError) as error:
        # the address may hold a password: never show what can't be taken apart
        raise PlannerError("error.store.url") from error
    system = parsed.drivername.partition("+")[0]
    if system in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if system != "sqlite":
        raise PlannerError("error.store.url")
    plain = parsed.set(drivername="sqlite")
    if in_memory(plain) or _is_uri(plain):
        return plain
    return plain.set(database=str(Path(str(plain.database)).absolute()))


def in_memory(url: URL) -> bool:
    """Whether it is an SQLite database that goes with the process."""
    name = url.database or ":memory:"
    return ":memory:" in name or url.query.get("mode") == "memory"


def file_of(url: URL) -> Path | None:
    """The SQLite file behind a URL; None on a server or in memory."""
    if url.get_backend_name() != "sqlite" or in_memory(url):
        return None
    name = str(url.database)
    return Path(unquote(urlsplit(name).path) if _is_uri(url) else name).absolute()


def make_folder(folder: Path) -> None:
    """Makes a folder for its user alone, where there is none; PlannerError where it can't be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PlannerError("error.store.folder", folder=str(folder)) from error


def shown(url: URL) -> str:
    """A database's place for people to read: a file's path, or an address without passwords."""
    file = file_of(url)
    if file is not None:
        return str(file)
    hidden = {name: "***" for name in url.query if name in _SECRET}
    plain = url.set(drivername=url.get_backend_name()).update_query_dict(hidden)
    return plain.render_as_string(hide_password=True)


def shown_place(url: str | None = None) -> str:
    """Where the store is or would be, for people to read; PlannerError as `database_url`."""
    if url is None and not os.environ.get(VARIABLE, "").strip():
        return str(data_folder() / FILE)
    return shown(database_url(url))


def is_there() -> bool:
    """Whether a store has been made, so that whoever only reads needn't make one.

    A server counts as made: whether it can be reached, only opening it tells. PlannerError as
    `database_url`.
    """
    if not os.environ.get(VARIABLE, "").strip():
        return (data_folder() / FILE).exists()  # said without SQLAlchemy, which takes long to load
    file = file_of(database_url())
    return file is None or file.exists()


def _is_uri(url: URL) -> bool:
    return str(url.database).startswith("file:")
