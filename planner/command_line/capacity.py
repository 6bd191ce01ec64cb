"""The command `capacity`: municipalities' capacity rows as a spreadsheet, and back."""

from __future__ import annotations

import argparse
import getpass

from planner import services
from planner.command_line.logs import sound_rows, tell
from planner.command_line.scenarios import read_file
from planner.command_line.writing import write, write_bytes
from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.scenario import Scenario, default_scenario, read_scenario
from planner.store import is_there, open_store
from planner.texts import catalogue


def run_capacity(options: argparse.Namespace) -> int:
    """Write capacity rows to a file, or take a file's rows into the store."""
    run = {"export": _export, "import": _import, "template": _template}
    return run[options.action](options)


def _export(options: argparse.Namespace) -> int:
    """Write the rows of all municipalities or one, those estimated marked so."""
    ending = _ending(options, ".csv", ".xlsx")
    engine = load_engine()
    scenario = _scenario(engine, options)
    wanted = _code(engine, options)
    if is_there():
        with open_store() as store:
            rows = services.everything(engine, scenario, store)
    else:
        rows = services.everything(engine, scenario, None)
    chosen = [row for row in rows if wanted in (None, row.municipality)]
    if ending == ".csv":
        write_bytes(services.write_csv(chosen, engine.snapshot), options.file)
    else:
        write_bytes(services.write_xlsx(chosen, engine.snapshot, options.lang), options.file)
    return 0


def _import(options: argparse.Namespace) -> int:
    """Replace the rows of the file's municipalities; nothing is kept where a row has a fault."""
    engine, texts = load_engine(), catalogue(options.lang)
    scenario = _scenario(engine, options)
    reading = services.read_rows(read_file(options.file), options.file.name, engine.snapshot)
    rows = sound_rows(reading, options.file.name, texts)
    with open_store() as store:
        try:
            done = services.import_rows(
                store, engine, scenario, rows, options.author or _login_name()
            )
        except services.PartlyImportedError as error:
            some = {"changed": list(error.changed), "left": list(error.left)}
            tell(texts("services.partly_imported", **some))
            raise
    names = [f"{code} {_name(engine, code, options.lang)}\n" for code in done.changed]
    write(f"changed: {len(names)}\n{''.join(names)}unchanged: {done.unchanged}\n", None)
    return 0


def _template(options: argparse.Namespace) -> int:
    """Write a workbook to fill in."""
    _ending(options, ".xlsx")
    engine = load_engine()
    data = services.template(engine.snapshot, _code(engine, options), options.lang)
    write_bytes(data, options.file)
    return 0


def _ending(options: argparse.Namespace, *known: str) -> str:
    """The ending of the file's name, which says what is to be written."""
    ending: str = options.file.suffix.lower()
    if ending not in known:
        raise PlannerError("error.services.ending", file=options.file.name, known=list(known))
    return ending


def _code(engine: Engine, options: argparse.Namespace) -> str | None:
    if options.municipality is None:
        return None
    return engine.snapshot.codes[engine.snapshot.index(options.municipality)]


def _name(engine: Engine, code: str, lang: str) -> str:
    return engine.snapshot.municipalities[engine.snapshot.index(code)].name(lang)


def _scenario(engine: Engine, options: argparse.Namespace) -> Scenario:
    """The scenario whose estimate counts where nothing has been entered."""
    if options.scenario is None:
        return default_scenario(engine.assumptions)
    data = read_file(options.scenario)
    return read_scenario(data, engine.assumptions, engine.adults, engine.snapshot.codes)


def _login_name() -> str:
    """Who is logged in, for the history of changes."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "python -m planner"
