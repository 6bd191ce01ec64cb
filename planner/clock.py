"""The one place that looks at the clock; the model never does."""

from __future__ import annotations

import datetime as dt
import zoneinfo

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")


def today_in_finland() -> dt.date:
    """Today's date in Finland, wherever the server stands."""
    return dt.datetime.now(HELSINKI).date()


def now() -> dt.datetime:
    """This moment in UTC, as it is stored."""
    return dt.datetime.now(dt.UTC)
