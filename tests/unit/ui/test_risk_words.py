"""Risks in words: every kind in every language, past and to come, with round figures."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from planner.risks import KINDS, Risk
from planner.scenario import Answers
from planner.texts import LANGUAGES, Texts, catalogue
from planner.ui import risk_words, risks_part
from planner.ui.format import formats
from planner.ui.risk_words import Teller, Told
from tests.risks import (
    ENGINE,
    HAILUOTO,
    HELSINKI,
    INARI,
    KEURUU,
    KUMLINGE,
    SCENARIO,
    SODANKYLA,
    TODAY,
    find,
    one,
    row,
)

PARAINEN = "445"
ENDING = row(20, provider="project", last=dt.date(2026, 5, 27))
AGAIN = row(20, provider="project", first=dt.date(2026, 8, 17))
HELPERS = row(4, people=3, provider="association", paid=False)
LATE = dt.date(2026, 9, 1)


def teller(lang: str, today: dt.date = TODAY) -> Teller:
    return Teller(catalogue(lang), formats(lang), ENGINE.snapshot, today)


def told(risk: Risk, lang: str = "fi", today: dt.date = TODAY) -> Told:
    return teller(lang, today).tell(risk)


def everything() -> list[tuple[Risk, dt.date]]:
    """Risks of every kind and shape, each with the day on which it is told."""
    leaving = ("identification", "on_behalf")
    services = [
        find(row(4, people=1), left_out=leaving),
        find(row(36, people=1), HELPERS, left_out=leaving[:1]),
        find(row(12), row(0.4, provider="bank")),
        find(row(20, languages=("sv",))),
        find(row(8), row(500, certainty="uncertain", provider="project")),
        find(row(5), ENDING),
        find(row(500), ENDING, AGAIN),
        find(row(0)),
        find(ENDING),
        find(HELPERS),
        find(row(provider="remote")),
        find(row(code=HELSINKI)),
        find(row(code=INARI)),
        find(row(code=INARI, languages=("fi", "se"))),
        find(row(code=SODANKYLA)),
        find(row(code=HAILUOTO), distance_km=1),
        find(row(code=PARAINEN, languages=("fi", "sv"))),
        find(code=KEURUU, left_out=None),
    ]
    late = [one(find(row(500), ENDING, today=LATE), "ends")]
    late += [one(find(row(2), row(20, last=dt.date(2026, 8, 24)), today=LATE), "ends")]
    late += [one(find(ENDING, today=LATE), "ends")]
    slow = Risk("ends", "serious", TODAY, {**late[0].values, "short_after": 0.0})
    few = Risk("far", "note", None, {**one(services[-1], "far").values, "share": 0.001})
    found = [(risk, TODAY) for service in services for risk in service]
    found += [(risk, LATE) for risk in late] + [(slow, TODAY), (few, TODAY)]
    return [pair for pair in found if pair[0].severity != "unknown"]


EVERYTHING = everything()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_risk_has_a_head_a_sentence_and_something_to_do(lang: str) -> None:
    assert {risk.kind for risk, _ in EVERYTHING} == set(KINDS)
    for risk, today in EVERYTHING:
        words = told(risk, lang, today)
        assert words.severity == risk.severity
        assert bool(words.when) == (risk.week is not None)
        for text in (words.word, words.head, words.said, words.todo):
            assert text
            assert not re.search(r"[{}]|\bnan\b|None", text), text
            assert not re.search(r"\d[.,]\d{4,}", text), text
        assert words.said.endswith(".")
        assert not words.head.endswith(".")


class Recorder(Texts):
    """Texts that remember which ids were asked for."""

    asked: set[str]

    def __call__(self, text_id: str, **values: object) -> str:
        self.asked.add(text_id)
        return super().__call__(text_id, **values)

    def count(self, text_id: str, n: float, **values: object) -> str:
        self.asked.add(text_id)
        return super().count(text_id, n, **values)


def recorder() -> Recorder:
    original = catalogue("fi")
    found = Recorder.__new__(Recorder)
    found.__dict__.update(original.__dict__)
    found.asked = set()
    return found


def test_no_text_stands_there_unused() -> None:
    texts = recorder()
    unknown = [find(code=code, left_out=None) for code in (HELSINKI, INARI, KUMLINGE, "316")]
    for risk, today in EVERYTHING:
        Teller(texts, formats("fi"), ENGINE.snapshot, today).tell(risk)
    for risk in (risk for found in unknown for risk in found if risk.severity == "unknown"):
        Teller(texts, formats("fi"), ENGINE.snapshot, TODAY).question(risk)
    source = Path(risks_part.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'"(risks\.[\w.]+)"', source))
    named |= {f"risks.topic.{kind}" for kind in KINDS if kind != "islands"}
    named |= {f"risks.villages.{name}" for name in ("area", "other", "people", "km")}

    assert texts.asked | named >= {
        text for text in catalogue("fi").ids if text.startswith("risks.")
    }
    assert named <= catalogue("fi").ids


def test_one_person_reads_like_a_sentence() -> None:
    words = told(one(find(row(12.5, people=1)), "one_person"))

    assert words.head == "Palvelu on yhden ihmisen varassa"
    assert words.said.startswith("Koko tuki, 12,5 tuntia viikossa, on yhden ihmisen varassa.")
    assert "poissa 3 viikkoa, puuttuu yhteensä noin" in words.said
    assert words.when.startswith("pahimmillaan viikosta ")


def test_an_end_is_told_as_past_once_it_is() -> None:
    ending = one(find(row(5), ENDING), "ends")

    before, after = told(ending), told(ending, today=LATE)

    assert (before.head, after.head) == ("Tuki vähenee", "Tuki on vähentynyt")
    assert "5 tuntia viikossa, kun sitä ennen annetaan 25 tuntia. Päättyy: hanke." in before.said
    assert "Päättyi: hanke." in after.said
    assert before.when == "viikosta 23/2026"


def test_languages_are_named_in_the_form_that_the_sentence_needs() -> None:
    swedish = one(find(row(code=HELSINKI)), "language")
    sami = one(find(row(code=INARI, languages=("fi", "se"))), "sami")

    assert told(swedish).head == "Tukea ei saa ruotsiksi"
    assert told(swedish, "sv").head == "Stöd ges inte på svenska"
    assert told(sami).head == "Tukea ei saa inarinsaameksi eikä koltansaameksi"
    assert told(sami, "en").head == "There is no support in Inari Sámi or in Skolt Sámi"


def test_the_fear_of_demand_is_named_or_dispelled() -> None:
    heads = [told(one(find(row(hours)), "campaign"), "en").head for hours in (500, 20, 4)]
    assert heads == [
        "Support can be advertised",
        "If support is advertised, the hours are not enough",
        "Advertising makes the shortage larger",
    ]


def test_a_few_people_far_away_are_no_zero_per_cent() -> None:
    risk = one(find(code=PARAINEN, left_out=None), "far")
    said = told(risk).said
    assert "11 ihmistä eli alle prosentti asukkaista" in said
    assert "oletetaan saatavan kirjastoista" in said


def test_providers_and_places_have_their_own_names() -> None:
    far = one(find(code=KEURUU, left_out=None), "far")
    assert risk_words.place_name(ENGINE.snapshot, "091", "sv") == "Helsingfors"
    assert "Petäjävesi" in told(far).said or "Multia" in told(far).said
    scenario = SCENARIO.with_answers(KEURUU, Answers(10, 3, dt.date(2026, 5, 27)))
    answered = one(find(scenario=scenario, left_out=None), "ends")
    assert "kunnan palvelupiste" in told(answered).said
