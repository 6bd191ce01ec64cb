"""Backup and restore: an equal store, on the other database too, or the old one untouched."""

from __future__ import annotations

import errno
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.store import Store, open_store
from planner.store import archive as archives
from planner.store.archive import LINES, MANIFEST, write_archive
from planner.store.portable import backup, restore
from planner.texts import LANGUAGES, catalogue
from tests.unit.store.conftest import NewUrl
from tests.unit.store.harness import Server, check_consistent, rows

HELSINKI, ESPOO = "091", "049"


def fill(store: Store, imported: int = 3) -> None:
    """Saves, changes, a deletion, an import, undos; odd letters and numbers."""
    odd = {"place": "Kirjasto “Itä” 😀\n\x00", "hours": 0.1 + 0.2, "people": 10**20, "zero": -0.0}
    item = store.save("capacity", HELSINKI, odd, "Åsa Öhman")
    store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key, 1)
    gone = store.save("tally", ESPOO, {"rows": []}, "Bertta")
    store.delete(gone, "Bertta")
    store.replace(HELSINKI, "capacity", [(None, {"hours": n}) for n in range(imported)], "Aino")
    store.undo(HELSINKI, 3, "Cecilia")
    store.undo(ESPOO, 2, "Cecilia")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where to put a backup."""
    return tmp_path / "backup.zip"


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_a_restored_store_is_equal(
    store: Store, other: str, request: pytest.FixtureRequest, file: Path, tmp_path: Path
) -> None:
    fill(store, imported=700)  # more than is written at once
    expected = rows(store)
    url = f"sqlite:///{tmp_path}/other.sqlite"
    if other == "postgresql":
        server: Server = request.getfixturevalue("server")
        url = server.new_url()

    written = backup(store, file)
    with open_store(url) as restored:
        result = restore(restored, file)

        assert rows(restored) == expected
        assert [restored.history(code) for code in (HELSINKI, ESPOO)] == [
            store.history(code) for code in (HELSINKI, ESPOO)
        ]
        assert restored.items("capacity") == store.items("capacity")
        assert (result.changes, result.aside) == (written, None) == (7, None)
        check_consistent(restored)
        # and it goes on from there
        restored.undo(ESPOO, 3, "Aino")
        check_consistent(restored)


def test_what_was_there_is_put_aside(store: Store, file: Path, tmp_path: Path) -> None:
    fill(store)
    backup(store, file)
    expected = rows(store)
    old = store.revision()
    store.save("plan", "FI", {"name": "Talvi"}, "Dora")
    later = rows(store)
    aside = tmp_path / "kept" / "aside.zip"

    result = restore(store, file, aside)

    assert (result.aside, rows(store)) == (aside, expected)
    assert store.revision() != old  # no cache may mistake the one for the other
    assert restore(store, aside, tmp_path / "again.zip").changes == 8
    assert rows(store) == later


def test_what_was_there_goes_to_the_data_folder_unless_said(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.platform", "linux")
    fill(store)
    backup(store, file)

    aside = restore(store, file).aside

    assert aside is not None
    assert (tmp_path / "home") in aside.parents
    assert zipfile.is_zipfile(aside)


def test_an_empty_store_can_be_kept_and_brought_back(store: Store, file: Path) -> None:
    assert backup(store, file) == 0
    fill(store)

    restore(store, file, file.with_name("aside.zip"))

    assert store.revision().number == 0
    assert all(not kept for kept in rows(store).values())


def spoil(file: Path, how: str) -> None:
    """Damages a backup."""
    content = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        lines = archive.read(LINES).decode().splitlines()
    if how == "cut off":
        file.write_bytes(content[: len(content) // 2])
        return
    if how == "a bit turned":
        changed = bytearray(content)
        changed[len(content) // 3] ^= 1
        file.write_bytes(changed)
        return
    if how == "a line missing":
        lines = lines[:-1]
    elif how == "a letter changed":
        lines = [line.replace("Åsa", "Isa") for line in lines]
    with zipfile.ZipFile(file, "w") as archive:
        if how != "no manifest":
            archive.writestr(MANIFEST, json.dumps(manifest))
        archive.writestr(LINES, "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(
    "how", ["cut off", "a bit turned", "a line missing", "a letter changed", "no manifest"]
)
def test_a_damaged_backup_is_refused(store: Store, file: Path, how: str) -> None:
    fill(store)
    backup(store, file)
    store.save("plan", "FI", {"name": "Talvi"}, "Dora")
    before = rows(store)
    spoil(file, how)

    with pytest.raises(PlannerError) as caught:
        restore(store, file)

    cut = how == "cut off"  # then nothing tells that it ever was one
    assert caught.value.code == ("error.backup.not_one" if cut else "error.backup.damaged")
    assert all(file.name in catalogue(lang).error(caught.value) for lang in LANGUAGES)
    assert rows(store) == before


def told(number: int, **other: object) -> dict[str, object]:
    """A change as a backup tells it."""
    entry = {"key": "k", "kind": "plan", "revision": number, "deleted": False, "content": {}}
    change = {
        "municipality": ESPOO,
        "number": number,
        "action": "save",
        "undoes": None,
        "author": "Aino",
        "time": "2026-01-01T00:00:00+00:00",
        "token": f"t{number}",
        "entries": [entry],
    }
    for name, value in other.items():
        (entry if name in entry else change)[name] = value
    return change


IMPOSSIBLE = {
    "a change missing": told(3, revision=2),
    "a revision missing": told(2, revision=3),
    "an undo of what is to come": told(2, undoes=2),
    "an unknown action": told(2, action="burn"),
    "no entries": told(2, entries=[]),
    "no time zone": told(2, time="2026-01-01T00:00:00"),
    "no time": told(2, time="soon"),
    "another kind": told(2, kind="tally"),
    "no author": told(2, author=""),
    "a control character": told(2, author="A\x00"),
    "a text for content": told(2, content="x"),
    "a number for deleted": told(2, deleted=1),
    "a token twice": told(2, token="t1"),
    "a list": [],
    "nothing": None,
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_an_impossible_history_is_refused(store: Store, file: Path, what: str) -> None:
    fill(store)
    before = rows(store)
    write_archive(file, map(json.dumps, [told(1), IMPOSSIBLE[what]]))

    with pytest.raises(PlannerError) as caught:
        restore(store, file, file.with_name("aside.zip"))

    assert caught.value.code == "error.backup.damaged"
    assert rows(store) == before


def test_a_possible_one_is_not(store: Store, file: Path) -> None:
    write_archive(file, map(json.dumps, [told(1), told(2, undoes=1)]))

    assert restore(store, file).changes == 2


def test_what_is_no_backup_is_told(store: Store, file: Path) -> None:
    fill(store)
    before = rows(store)
    file.write_text("not a zip")
    with pytest.raises(PlannerError) as text:
        restore(store, file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MANIFEST, '{"format": "something else"}')
    with pytest.raises(PlannerError) as other:
        restore(store, file)
    with pytest.raises(PlannerError) as nothing:
        restore(store, file.with_name("nowhere.zip"))

    codes = [caught.value.code for caught in (text, other, nothing)]
    assert codes == ["error.backup.not_one", "error.backup.not_one", "error.cannot_read"]
    assert rows(store) == before


def test_a_backup_of_a_newer_planner_is_told(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(archives, "VERSION", archives.VERSION + 1)
        backup(store, file)

    with pytest.raises(PlannerError) as caught:
        restore(store, file)

    assert caught.value.code == "error.backup.newer"


def test_a_backup_that_fails_leaves_the_old_one(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    backup(store, file)
    before = file.read_bytes()
    names = sorted(file.parent.iterdir())

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlannerError) as caught:
        backup(store, file)

    assert caught.value.code == "error.cannot_write"
    assert file.read_bytes() == before
    assert sorted(file.parent.iterdir()) == names


def test_a_backup_onto_the_database_itself_is_refused(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store:
        fill(store)
        before = rows(store)

        with pytest.raises(PlannerError) as caught:
            backup(store, tmp_path / "." / "store.sqlite")

        assert caught.value.code == "error.backup.onto_store"
        assert rows(store) == before


def test_a_backup_into_a_folder_that_isnt_there_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        backup(store, tmp_path / "nowhere" / "backup.zip")

    assert caught.value.code == "error.no_folder"


def test_a_store_that_cant_be_put_aside_is_not_replaced(
    store: Store, file: Path, tmp_path: Path
) -> None:
    fill(store)
    backup(store, file)
    store.save("plan", "FI", {"name": "Talvi"}, "Dora")
    before = rows(store)
    (tmp_path / "taken").touch()

    with pytest.raises(PlannerError) as caught:
        restore(store, file, tmp_path / "taken" / "aside.zip")

    assert caught.value.code == "error.store.folder"
    assert rows(store) == before


def test_others_may_save_while_a_store_is_restored(store: Store, file: Path) -> None:
    fill(store)
    backup(store, file)
    saved, stop = threading.Event(), threading.Event()

    def work() -> None:
        while not stop.is_set():
            store.save("plan", "092", {"name": "Talvi"}, "Dora")
            saved.set()

    other = threading.Thread(target=work)
    other.start()
    for n in range(3):
        assert saved.wait(10)
        restore(store, file, file.with_name(f"aside-{n}.zip"))
        saved.clear()
    assert saved.wait(10)
    stop.set()
    other.join()

    assert store.items("plan")
    check_consistent(store)


def test_others_may_save_while_a_backup_is_written(
    url: str, file: Path, new_url: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(url) as store, open_store(url) as other:
        fill(store)
        expected = rows(store)
        told = archives._pack

        def slowly(target: object, lines: Iterator[str]) -> int:
            first = next(lines)
            other.save("plan", "FI", {"name": "Talvi"}, "Dora")
            return told(target, iter([first, *lines]))

        monkeypatch.setattr(archives, "_pack", slowly)
        backup(store, file)

        assert len(other.items("plan")) == 1
    with open_store(new_url()) as restored:
        restore(restored, file)
        assert rows(restored) == expected
