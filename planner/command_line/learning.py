"""The command `learn`: a forecast corrected by what happened."""

from __future__ import annotations

import argparse
import datetime as dt

from planner import tables
from planner.clock import today_in_finland
from planner.command_line.logs import read_log, tell
from planner.command_line.scenarios import check_asked, scenario_of
from planner.command_line.writing import write
from planner.engine import REPORT_DRAWS, load_engine
from planner.errors import PlannerError
from planner.learned import after_frame, backtest, learn
from planner.model.weeks import Horizon
from planner.texts import catalogue
from planner.uploads import read_users, read_visits


def run_learn(options: argparse.Namespace) -> int:
    """Write the weekly figures of a scenario after what the logs teach."""
    check_asked(options)
    if options.visits is None and options.users is None:
        raise PlannerError("error.no_log")
    engine, texts = load_engine(), catalogue(options.lang)
    scenario, code = scenario_of(engine, options)
    now = today_in_finland()
    today = options.today or now
    span = engine.forecast(scenario, today, options.since).span
    check_as_of(options.as_of, span, today)
    asked = (engine, span, max(now, today), texts)
    visits = read_log(read_visits, options.visits, *asked) if options.visits else ()
    counts = read_log(read_users, options.users, *asked) if options.users else ()
    draws = REPORT_DRAWS if options.draws is None else options.draws
    lesson = learn(
        engine, scenario, today, visits, counts, options.as_of, draws, options.seed, options.since
    )
    if lesson.learned is None and lesson.user_days:
        tell(texts("learning.sentence.same_users", start=scenario.start))
    elif lesson.learned is None:
        tell(texts("learn.nothing", date=options.as_of))
    places = None if code is None else [engine.snapshot.index(code)]
    frame = after_frame(
        engine, scenario, today, lesson, options.by, options.lang, places, options.since
    )
    if options.backtest is not None:
        tried = backtest(engine, scenario, today, visits, counts, options.as_of, seed=options.seed)
        write(tables.as_csv(tried), options.backtest)
    write(tables.as_csv(frame), options.out)
    return 0


def check_as_of(as_of: dt.date, span: Horizon, today: dt.date) -> None:
    """Raise PlannerError where nothing can have been logged by a day yet, or not all of it."""
    low = min(span.day(1), today)
    if not low <= as_of <= today:
        raise PlannerError("error.as_of_option", low=low, high=today)
