"""The commands `backup` and `restore`: the store as a file that any database can take back."""

from __future__ import annotations

import argparse

from planner.command_line.writing import write
from planner.store import open_store
from planner.store.portable import backup, restore


def run_backup(options: argparse.Namespace) -> int:
    """Write the whole store, its history included, to a file."""
    with open_store() as store:
        write(f"changes: {backup(store, options.file)}\n", None)
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Replace the store by a file's; what was there is put aside first."""
    with open_store() as store:
        done = restore(store, options.file)
    aside = "" if done.aside is None else f"before: {done.aside}\n"
    write(f"changes: {done.changes}\n{aside}", None)
    return 0
