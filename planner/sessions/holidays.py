"""Days on which nobody may be invited: public holidays of the mainland or of Åland."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import holidays

ALAND = "01"


@cache
def _year(year: int, aland: bool) -> frozenset[dt.date]:
    days = holidays.country_holidays("FI", subdiv=ALAND if aland else None, years=year)
    return frozenset(days)


def public_holidays(years: Iterable[int], aland: bool) -> frozenset[dt.date]:
    """The public holidays of the years, Midsummer Eve and Christmas Eve among them."""
    return frozenset().union(*(_year(year, aland) for year in years))
