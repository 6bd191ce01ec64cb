"""Where the store is, as the platform and the environment have it, and as people may read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.store import is_there, open_store, shown_place
from planner.store.place import FOLDER, data_folder, database_url

HOME = Path("/home/aino")


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, HOME / ".local/share"),
        ("linux", {"XDG_DATA_HOME": "/srv/data"}, Path("/srv/data")),
        ("linux", {"XDG_DATA_HOME": "data"}, HOME / ".local/share"),
        ("darwin", {"XDG_DATA_HOME": "/srv/data"}, HOME / "Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/C/Users/aino/Local"}, Path("/C/Users/aino/Local")),
        ("win32", {}, HOME / "AppData/Local"),
    ],
)
def test_the_data_folder_follows_the_platform(
    platform: str, environment: dict[str, str], expected: Path
) -> None:
    assert data_folder(environment, platform, HOME) == expected / FOLDER


def test_without_an_address_it_is_a_file_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PLANNER_DATABASE_URL", "  ")
    expected = tmp_path / FOLDER / "planner.sqlite"

    with open_store() as store:
        assert store.place == shown_place() == str(expected)

    assert expected.is_file()
    assert expected.parent.stat().st_mode & 0o77 == 0  # nobody else's business


def test_the_environment_names_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", f"sqlite:///{tmp_path}/other.db")

    with open_store() as store:
        assert store.place == shown_place() == str(tmp_path / "other.db")


def test_a_file_is_shown_in_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown_place("sqlite:///a/b.db") == str(tmp_path / "a" / "b.db")
    assert shown_place(f"sqlite:///file:{tmp_path}/b%20c.db?mode=ro&uri=true") == str(
        tmp_path / "b c.db"
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://aino:hush@db.example/planner",
        "postgres://aino:hush@db.example/planner",
        "postgresql+psycopg2://aino:hush@db.example/planner",
        "postgresql://db.example/planner?user=aino&password=hush&sslpassword=hush",
    ],
)
def test_no_password_is_ever_shown(url: str) -> None:
    shown = shown_place(url)

    assert shown.startswith("postgresql://")
    assert "db.example/planner" in shown
    assert "hush" not in shown
    assert "aino" in shown


@pytest.mark.parametrize("form", ["sqlite:///{}", "sqlite:///file:{}?uri=true"])
def test_a_named_file_is_there_once_it_has_been_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "data" / "other.db"
    monkeypatch.setenv("PLANNER_DATABASE_URL", form.format(file))

    assert not is_there()
    assert not file.parent.exists()
    open_store().close()
    assert is_there()


def test_the_users_own_file_is_there_once_it_has_been_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("PLANNER_DATABASE_URL", raising=False)

    assert not is_there()
    open_store().close()
    assert is_there()


def test_a_server_is_there_until_opening_tells_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", "postgresql://aino@nowhere.example/planner")

    assert is_there()


def test_a_relative_file_stays_where_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    url = database_url("sqlite:///a.db")
    monkeypatch.chdir("/")

    assert url.database == str(tmp_path / "a.db")


@pytest.mark.parametrize("url", ["oracle://a:hush@b/c", "sqlite:/a:hush", "hush"])
def test_any_other_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(PlannerError) as caught:
        database_url(url)

    assert caught.value.code == "error.store.url"
    assert "hush" not in str(caught.value)
