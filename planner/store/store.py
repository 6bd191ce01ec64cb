"""The store: what is kept, who changed it when, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType

from sqlalchemy import Connection

from planner.store import migrations, reading, writing
from planner.store.content import canonical, signed
from planner.store.database import Database
from planner.store.decisions import Decide, new_key, replacing, undoing
from planner.store.place import database_url, file_of, make_folder
from planner.store.types import Action, Change, Content, Edit, Revision, Stored


class Store:
    """Items by kind and municipality, every change of theirs, and undo. Serves many threads.

    Any method may raise PlannerError where the database can't do its part: then nothing was
    changed, unless it is "error.store.unsure".
    """

    def __init__(self, url: str | None, *, patience: float, now: Callable[[], dt.datetime]) -> None:
        parsed = database_url(url)
        file = file_of(parsed)
        if file is not None:
            make_folder(file.parent)
        self.database = Database(parsed, patience)
        self._now = now
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def place(self) -> str:
        """Where it is, for people to read; passwords masked."""
        return self.database.place

    def items(self, kind: str, municipality: str | None = None) -> list[Stored]:
        """What there is of a kind, of one municipality or all, in the order it was made."""
        return self.database.read(lambda c: reading.live(c, kind, municipality))

    def item(self, municipality: str, key: str) -> Stored | None:
        """One item as it stands; None where there is none or it has been deleted."""
        found = self.database.read(lambda c: reading.live(c, None, municipality, key))
        return found[0] if found else None

    def save(
        self,
        kind: str,
        municipality: str,
        content: Content,
        author: str,
        key: str | None = None,
        revision: int = 0,
    ) -> Stored:
        """Keeps a new item, or a new content of one that was looked at in this revision.

        Saving what stands there already changes nothing. ConflictError where the item has been
        changed or deleted since; ValueError or TypeError where JSON can't hold the content.
        """
        (saved,) = self.edit(municipality, [Edit(kind, content, key, revision)], author)
        return saved

    def delete(self, item: Stored, author: str) -> Stored:
        """Deletes an item as it was looked at; ConflictError where it has been changed since."""
        edit = Edit(item.kind, None, item.key, item.revision)
        (deleted,) = self.edit(item.municipality, [edit], author)
        return deleted

    def edit(self, municipality: str, edits: Sequence[Edit], author: str) -> list[Stored]:
        """Carries out several edits as one change: the items after it, in the order of the edits.

        ConflictError with every edit whose item has been changed since; then none is carried out.
        """
        keyed = [replace(edit, key=edit.key or new_key()) for edit in edits]
        keys = tuple(str(edit.key) for edit in keyed)
        if len(set(keys)) < len(keys):
            raise ValueError("two edits of one item")
        for edit in keyed:
            canonical(edit.content or {})  # fails here, not in the middle
        return list(self._write(municipality, "save", author, lambda _: keyed, keys=keys).items)

    def replace(
        self,
        municipality: str,
        kind: str,
        rows: Sequence[tuple[str | None, Content]],
        author: str,
        seen: Sequence[Stored] | None = None,
        also: Sequence[Edit] = (),
    ) -> Change | None:
        """Makes these rows the municipality's items of a kind, in one change; None where they are.

        rows: (key, content); without a key a row stands for an item of the same content or is new.
        seen: the items the importer looked at: ConflictError where others have come in between.
        Without it whatever is there is replaced; history keeps it. also: edits of items of other
        kinds that belong to the same change.
        """
        keyed = [replace(edit, key=edit.key or new_key()) for edit in also]
        for content in (*(content for _, content in rows), *(edit.content or {} for edit in keyed)):
            canonical(content)
        decide = replacing(municipality, kind, rows, seen, keyed)
        return self._write(municipality, "replace", author, decide).change

    def undo(self, municipality: str, number: int, author: str) -> Change | None:
        """Takes one change back by a new one; None where nothing is left to take back.

        The undo is a change as well and can be undone. ConflictError where an item of the change
        is no longer as the change left it, or where a capacity table would be left in halves: take
        the later change back first.
        """
        decide = undoing(municipality, number)
        return self._write(municipality, "undo", author, decide, undoes=number).change

    def history(
        self,
        municipality: str,
        kind: str | None = None,
        key: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[Change]:
        """The municipality's changes, the latest first, at most `limit` below number `before`.

        kind, key: only changes that touch such an item.
        """
        return self.database.read(
            lambda c: reading.history(c, municipality, kind, key, before, limit), whole=True
        )

    def revision(self, municipality: str | None = None) -> Revision:
        """How far the municipality, or the whole store, has come: equal only where all is equal."""
        return self.database.read(lambda c: reading.revision(c, municipality))

    def close(self) -> None:
        """Lets go of the database; the store can't be used after that."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self) -> None:
        version = self.database.read(lambda c: migrations.version_of(c, self.place))
        migrations.check_version(version, self.place)
        if version < len(migrations.STEPS):
            self.database.write(lambda c, again: migrations.migrate(c, self._now(), self.place))

    def _write(
        self,
        municipality: str,
        action: Action,
        author: str,
        decide: Decide,
        keys: tuple[str, ...] = (),
        undoes: int | None = None,
    ) -> writing.Outcome:
        if not municipality:
            raise ValueError("every item belongs to a municipality")
        time = self._now()
        if time.tzinfo is None:
            raise ValueError("a clock without a time zone")
        signature = (signed(author), time.astimezone(dt.UTC))
        request = writing.Request(municipality, action, *signature, keys, undoes)

        def work(connection: Connection, again: bool) -> writing.Outcome:
            return writing.write(connection, request, again, decide)

        return self.database.write(work, turn=municipality)
