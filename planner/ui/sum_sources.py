"""The numbers behind a chain with unit, grade and sources, as a table of the assumptions page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.answer import Answer, hours_in
from planner.assumptions import Assumption, Setting
from planner.engine import Engine
from planner.explain import Chain
from planner.texts import Texts
from planner.ui.assumption_rows import Entry, Line, Table, number, row_label, runs
from planner.ui.format import Formats

BACKGROUND = {
    "effect_basic_education": "basic_only_pct",
    "effect_foreign_language": "foreign_language_pct",
    "effect_poverty": "at_risk_of_poverty_pct",
}


@dataclass(frozen=True)
class Sources:
    """Writes the numbers that chains use."""

    engine: Engine
    found: Answer
    texts: Texts
    fmt: Formats

    def table(self, chains: Sequence[Chain], code: str) -> Table:
        """Everything the chains use, each once: what the scenario states, assumptions, facts."""
        texts = self.texts
        stated = dict.fromkeys(name for chain in chains for name in chain.stated)
        used = dict.fromkeys(name for chain in chains for name in chain.used)
        facts = dict.fromkeys(name for chain in chains for name in chain.facts)
        entries = [self._stated(name) for name in stated]
        entries += [self._assumption(self.engine.assumptions.items[name]) for name in used]
        entries += [getattr(self, f"_{name}")() for name in facts]
        return Table(
            code,
            texts("sum.head.name"),
            (texts("assumption.head.value"),),
            (texts("assumption.head.unit"), texts("assumption.head.grade")),
            texts("assumption.head.sources"),
            tuple(entries),
        )

    def _entry(
        self,
        label: str,
        value: str,
        unit: str,
        grade: str,
        sources: Iterable[str],
        lines: Sequence[Line] = (),
        by: str = "",
    ) -> Entry:
        figures = () if lines else (value,)
        return Entry(label, "", figures, by, tuple(lines), (unit, grade), tuple(sources))

    def _stated(self, name: str) -> Entry:
        texts, scenario, fmt = self.texts, self.found.scenario, self.fmt
        if name in ("answers", "tally", "rows"):
            hours = dict(scenario.baselines).get(self.found.place.code, 0.0)
            if name == "answers" and self.found.answers is not None:
                hours = self.found.answers.hours
            if name == "rows" and self.found.supply is not None:
                hours = hours_in(self.found.supply, self.found.mondays[self.found.view.start])
            unit = texts("unit.hours_per_week")
            own = texts("sum.grade.own")
            return self._entry(texts(f"sum.stated.{name}"), fmt.decimal(hours, 2), unit, own, ())
        if name == "target_date":
            day = scenario.target_date
            setting = self.engine.assumptions.settings["target_days"]
            same = (day - scenario.start).days == setting.value
            label, unit, value = texts("sum.stated.target_date"), "date", fmt.date(day)
        else:
            setting = self.engine.assumptions.settings[name]
            given = getattr(scenario, name)
            same = given == setting.value
            label, unit = texts(f"setting.{name}.label"), setting.unit
            value = number(given, unit, fmt)
        grade, sources = self._origin(setting, name, same)
        return self._entry(label, value, texts(f"unit.{unit}"), grade, sources)

    def _origin(
        self, item: Setting | Assumption, key: str, same: bool
    ) -> tuple[str, tuple[str, ...]]:
        """Grade and sources: the item's own, or that the scenario changed it, and why."""
        texts = self.texts
        if not same:
            reason = dict(self.found.scenario.reasons).get(key)
            return texts("sum.grade.changed"), (reason,) if reason else ()
        grade = "derived" if isinstance(item, Assumption) and item.derived else item.grade
        if isinstance(item, Setting) and grade == "M":
            grade = "stated"
        return texts(f"grade.{grade}"), self._cited(item.sources)

    def _cited(self, sources: Iterable[str]) -> tuple[str, ...]:
        known = self.engine.assumptions.sources
        return tuple(known[source].cite(self.texts.lang) for source in dict.fromkeys(sources))

    def _assumption(self, item: Assumption) -> Entry:
        changed = dict(self.found.scenario.overrides).get(item.id)
        values = item.central if changed is None else changed
        grade, sources = self._origin(item, item.id, changed is None)
        texts, fmt = self.texts, self.fmt
        label, unit = texts(f"assumption.{item.id}.label"), texts(f"unit.{item.unit}")
        if item.rows == "age":
            lines = [
                Line(row_label("age", *run, texts), (number(values[run[0]], item.unit, fmt),))
                for run in runs(values)
            ]
            return self._entry(label, "", unit, grade, sources, lines, texts("assumption.by.age"))
        low, high = (number(pick(values), item.unit, fmt) for pick in (min, max))
        value = low if low == high else f"{low}–{high}"
        return self._entry(label, value, unit, grade, sources)

    def _people(self) -> Entry:
        texts = self.texts
        people = self.engine.facts.people[self._index]
        lines = [
            Line(row_label("age", i, i, texts), (self.fmt.whole(float(count)),))
            for i, count in enumerate(people)
        ]
        return self._entry(
            texts("sum.fact.people"),
            "",
            texts("unit.persons"),
            texts("grade.derived"),
            (texts("sum.source.people"),),
            lines,
            texts("assumption.by.age"),
        )

    def _background(self) -> Entry:
        texts, fmt, snapshot = self.texts, self.fmt, self.engine.snapshot
        lines = []
        for effect, column in BACKGROUND.items():
            value = float(snapshot.background[column][self._index])
            written = fmt.percent(value / 100, 1) if np.isfinite(value) else "–"
            lines.append(Line(texts(f"assumption.{effect}.label"), (written,)))
        rural = fmt.decimal(float(snapshot.rural[self._index]))
        lines.append(Line(texts("assumption.effect_rural.label"), (rural,)))
        return self._entry(
            texts("sum.fact.background"),
            "",
            texts("unit.share"),
            texts("grade.M"),
            (texts("sum.source.background"),),
            lines,
        )

    def _waves(self) -> Entry:
        texts, waves = self.texts, self.engine.assumptions.waves
        return self._entry(
            texts("assumption.group.waves"),
            self.fmt.whole(len(waves)),
            texts("sum.unit.waves"),
            texts("grade.E"),
            self._cited(wave.source for wave in waves),
        )

    def _staffed_hours(self) -> Entry:
        facts, texts = self.engine.facts, self.texts
        winter, summer = (
            self.fmt.decimal(float(hours[self._index]))
            for hours in (facts.staffed_winter, facts.staffed_summer)
        )
        lines = [Line(texts("sum.winter"), (winter,)), Line(texts("sum.summer"), (summer,))]
        known = self.found.staffed_hours_known or not self.found.libraries
        return self._entry(
            texts("sum.fact.staffed_hours"),
            "",
            texts("unit.hours_per_week"),
            texts("grade.M" if known else "sum.grade.unknown"),
            (texts("sum.source.staffed_hours"),),
            lines,
        )

    def _guidance_places(self) -> Entry:
        texts = self.texts
        return self._entry(
            texts("sum.fact.guidance_places"),
            self.fmt.whole(float(self.engine.facts.places[self._index])),
            texts("sum.unit.places"),
            texts("grade.M"),
            self._cited(("seniorsurf_places",)),
        )

    @property
    def _index(self) -> int:
        return self.engine.snapshot.index(self.found.place.code)
