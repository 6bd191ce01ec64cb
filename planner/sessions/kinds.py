"""The kinds of session: length, preparation, staff and how many people each can help."""

from __future__ import annotations

from dataclasses import dataclass

from planner.assumptions import Parameters

CLINIC_MINUTES, GROUP_MINUTES, STOP_MINUTES = 120, 90, 60
SHORTEST_MINUTES = 60  # a clinic is cut to fit a short opening time, down to this


@dataclass(frozen=True)
class Kind:
    """One kind: minutes of the session, hours of preparation (and travel) for each hour of it,
    contacts it can help in an hour, and the channels whose people it can help, best first."""

    code: str
    minutes: int
    ready: float
    contacts_per_hour: float
    serves: tuple[str, ...]
    cut: bool  # may be shortened to fit

    def hours(self, minutes: int, staff: int) -> float:
        """Staff hours of a session, preparation included: one person prepares, all are there."""
        return minutes / 60 * (staff + self.ready)


def kinds(p: Parameters) -> tuple[Kind, ...]:
    """The kinds, sized by the central values of the assumptions (id → float64 [1, row])."""

    def value(name: str) -> float:
        return float(p[name][0, 0])

    ready = value("preparation")
    each = 60 / max(value("minutes_individual"), 1.0)  # individual contacts in an hour
    clinic = each * value("utilisation")
    # A contact on the road takes outreach_minutes, of which the help itself is minutes_individual.
    road = max(value("outreach_minutes") / max(value("minutes_individual"), 1.0) - 1, 0.0)
    long = GROUP_MINUTES / 60
    return (
        Kind("clinic", CLINIC_MINUTES, ready, clinic, ("walk_in", "booked", "group"), True),
        Kind("booked", CLINIC_MINUTES, ready, each, ("booked",), True),
        Kind("group", GROUP_MINUTES, ready, value("group_size") / long, ("group",), False),
        Kind("info", GROUP_MINUTES, ready, value("event_size") / long, ("information",), False),
        Kind(
            "webinar",
            GROUP_MINUTES,
            ready,
            value("group_size") / long,
            ("information", "group"),
            False,
        ),
        Kind(
            "visit",
            CLINIC_MINUTES,
            ready + road * (1 + ready),
            clinic,
            ("walk_in", "booked", "group", "information"),
            True,
        ),
        Kind(
            "mobile",
            STOP_MINUTES,
            ready + road * (1 + ready),
            clinic,
            ("walk_in", "booked", "group", "information"),
            True,
        ),
    )
