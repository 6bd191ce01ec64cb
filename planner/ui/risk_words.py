"""Risks in plain words: a head, what happens and when, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.answer import HOURS_NOTICED
from planner.model.gap import COPES_SHARE
from planner.risks import Risk
from planner.risks.plan import ENTERED
from planner.services.words import word
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui.certainty import tenths
from planner.ui.format import Formats
from planner.ui.rows import week_number
from planner.ui.wording import about_hours

Values = dict[str, Any]
LEAST_SHARE = 0.005  # less would be called 0 %
MOST_NAMES = 3


@dataclass(frozen=True)
class Told:
    """A risk as it stands on a page. when: "" where it is so all along."""

    severity: str
    word: str
    head: str
    when: str
    said: str
    todo: str


@dataclass(frozen=True)
class Teller:
    """Puts risks into the words of a page."""

    texts: Texts
    fmt: Formats
    snapshot: Snapshot
    today: dt.date

    def tell(self, risk: Risk) -> Told:
        """A risk that somebody has to know of; unknown ones are questions."""
        parts = {
            "no_support": self._no_support,
            "ends": self._ends,
            "one_person": self._one_person,
            "uncertain": self._uncertain,
            "identification": self._identification,
            "language": self._language,
            "sami": self._sami,
            "far": self._far,
            "volunteers": self._volunteers,
            "campaign": self._campaign,
            "learning": self._learning,
            "islands": self._islands,
        }
        kind, ending = risk.kind, self._ending(risk)
        named = {"languages": self._none_of(risk)} if kind in ("language", "sami") else {}
        calm = ".note" if ending == ".note" else ""
        return Told(
            severity=risk.severity,
            word=self.texts(f"risks.severity.{risk.severity}"),
            head=self.texts(f"risks.head.{kind}{ending}", **named),
            when=self._when(risk),
            said=" ".join(parts[kind](risk, dict(risk.values))),
            todo=self.texts(f"risks.todo.{kind}{calm}"),
        )

    def question(self, risk: Risk) -> str:
        """What has to be known before a risk can be checked."""
        named = {"languages": self._in(risk)} if risk.kind == "sami" else {}
        return self.texts(f"risks.unknown.{risk.kind}", **named)

    def _ending(self, risk: Risk) -> str:
        if risk.kind == "campaign":
            return self._campaign_ending(risk)
        if risk.kind != "ends":
            return ""
        if "until" in risk.values:
            return ".pause"
        none = ".none" if risk.values["left"] == 0 else ""
        return none + (".past" if self._over(risk) else "")

    def _campaign_ending(self, risk: Risk) -> str:
        if risk.severity == "note":
            return ".note"
        before: Any = risk.values["coping_before"]
        return "" if before >= COPES_SHARE else ".more"

    def _over(self, risk: Risk) -> bool:
        return risk.week is not None and risk.week + dt.timedelta(days=7) <= self.today

    def _when(self, risk: Risk) -> str:
        if risk.week is None:
            return ""
        worst = ".worst" if risk.kind == "one_person" else ""
        return self.texts(f"risks.week{worst}", week=week_number(risk.week))

    def _in(self, risk: Risk) -> list[str]:
        codes: Any = risk.values["languages"]
        return [self.texts(f"risks.in.{code}") for code in codes]

    def _none_of(self, risk: Risk) -> str:
        """The languages of a risk: "inarinsaameksi eikä koltansaameksi"."""
        *first, last = self._in(risk)
        nor = self.texts("risks.nor")
        return f"{', '.join(first)} {nor} {last}" if first else last

    def _entered(self, value: float) -> str:
        return self.texts.count("format.hours", round(value, 2))

    def _about(self, value: float) -> str:
        return about_hours(value, self.texts, self.fmt)

    def _otherwise(self, value: float) -> str:
        return self._about(value) if value > HOURS_NOTICED else self.texts("risks.no_hours")

    def _share(self, value: float) -> str:
        return (
            self.fmt.percent(value) if value >= LEAST_SHARE else self.texts("risks.below_percent")
        )

    def _providers(self, codes: Sequence[str]) -> str:
        return ", ".join(word("provider", code, self.texts.lang) for code in codes)

    def _no_support(self, risk: Risk, v: Values) -> list[str]:
        said = [self.texts("risks.no_support")]
        if v["visits"] >= 1:
            said.append(self.texts("risks.no_support.visits", visits=self.fmt.about(v["visits"])))
        return said

    def _ends(self, risk: Risk, v: Values) -> list[str]:
        values = {
            "before": self._entered(v["hours"] + v["left"]),
            "after": self._entered(v["left"]),
            "providers": self._providers(v["providers"]),
        }
        if "until" in v:
            values["until"] = week_number(v["until"])
        step = self.texts(f"risks.ends{self._ending(risk)}", **values)
        return [step, self._after(risk, v)]

    def _after(self, risk: Risk, v: Values) -> str:
        if risk.severity != "serious":
            return self.texts("risks.ends.copes")
        if v["short_after"] > HOURS_NOTICED:
            return self.texts("risks.ends.short", hours=self._about(v["short_after"]))
        return self.texts("risks.ends.slow")

    def _one_person(self, risk: Risk, v: Values) -> list[str]:
        hours = self._entered(v["hours"])
        if v["share"] >= 1:
            lead = self.texts("risks.one_person.all", hours=hours)
        else:
            lead = self.texts("risks.one_person.most", hours=hours, share=self._share(v["share"]))
        away = self.texts.count(
            "risks.one_person.away",
            v["weeks"],
            after=self._about(v["short_after"]),
            before=self._otherwise(v["short_before"]),
        )
        return [lead, away]

    def _uncertain(self, risk: Risk, v: Values) -> list[str]:
        return [
            self.texts(
                "risks.uncertain",
                hours=self._entered(v["hours"]),
                providers=self._providers(v["providers"]),
                before=tenths(v["coping_before"]),
                after=tenths(v["coping_after"]),
            )
        ]

    def _identification(self, risk: Risk, v: Values) -> list[str]:
        said = [self.texts("risks.identification")]
        if risk.severity == "serious":
            said.append(self.texts("risks.identification.on_behalf"))
        if v["visits"] >= 1:
            visits = self.fmt.about(v["visits"])
            said.append(self.texts("risks.identification.visits", visits=visits))
        return said

    def _language(self, risk: Risk, v: Values) -> list[str]:
        said = [self.texts("risks.language")]
        if "share" in v:
            said.append(self.texts("risks.language.share", share=self._share(v["share"])))
        return said

    def _sami(self, risk: Risk, v: Values) -> list[str]:
        return [self.texts(f"risks.sami.{v['reach']}")]

    def _far(self, risk: Risk, v: Values) -> list[str]:
        if "km" not in v:
            return [self.texts("risks.far.nowhere")]
        said = [
            self.texts(
                "risks.far",
                distance=self.fmt.decimal(v["distance_km"]),
                people=self.fmt.people(v["people"]),
                share=self._share(v["share"]),
                km=self.fmt.about(v["km"]),
            )
        ]
        if v["nearer"] >= 1:
            names = [
                place_name(self.snapshot, code, self.texts.lang)
                for code in v["municipalities"][:MOST_NAMES]
            ]
            people = self.fmt.people(v["nearer"])
            said.append(self.texts("risks.far.nearer", municipalities=names, people=people))
        if v["basis"] != ENTERED:
            said.append(self.texts("risks.far.supposed"))
        return said

    def _volunteers(self, risk: Risk, v: Values) -> list[str]:
        return [self.texts("risks.volunteers", hours=self._entered(v["hours"]))]

    def _campaign(self, risk: Risk, v: Values) -> list[str]:
        factor = self.fmt.decimal(v["factor"])
        said = [self.texts("risks.campaign", weeks=v["weeks"], factor=factor)]
        if v["short_after"] > HOURS_NOTICED:
            after, before = self._about(v["short_after"]), self._otherwise(v["short_before"])
            said.append(self.texts("risks.campaign.hours", after=after, before=before))
        cases = {"after": tenths(v["coping_after"]), "before": tenths(v["coping_before"])}
        if cases["after"] != cases["before"] or len(said) == 1:
            said.append(self.texts("risks.campaign.cases", **cases))
        if risk.severity == "note":
            said.append(self.texts("risks.campaign.copes"))
        return said

    def _learning(self, risk: Risk, v: Values) -> list[str]:
        return [self.texts.count("risks.learning", v["weeks"], share=self._share(v["share"]))]

    def _islands(self, risk: Risk, v: Values) -> list[str]:
        return [self.texts(f"risks.islands.{v['reach']}")]


def place_name(snapshot: Snapshot, code: str, lang: str) -> str:
    """A municipality's name in the page's language."""
    return snapshot.municipalities[snapshot.index(code)].name(lang)
