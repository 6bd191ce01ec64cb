"""What a plan prefers where rules leave a choice: three presets, weights in contacts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """Weights of one preset; one contact that is helped weighs 1.

    staff_hour: an hour of staff time; waiting: a contact that waits a week; change: one session a
    week more or less at a venue than in the block before (people find a service that stays); gap: a
    venue left without any session for a block, for each contact of its villages in that block.
    fresh: how much a slot other than the one of the block before weighs when places in the week
    are chosen, in steps of a slot's popularity.
    """

    code: str
    staff_hour: float
    waiting: float
    change: float
    gap: float
    fresh: float


STEADY = Preset("steady", staff_hour=0.04, waiting=0.02, change=0.3, gap=0.1, fresh=6.0)
WIDE = Preset("wide", staff_hour=0.03, waiting=0.02, change=0.05, gap=1.0, fresh=3.0)
LEAN = Preset("lean", staff_hour=0.40, waiting=0.0, change=0.05, gap=0.0, fresh=3.0)
PRESETS = {preset.code: preset for preset in (STEADY, WIDE, LEAN)}
