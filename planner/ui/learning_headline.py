"""Whether the forecast still holds, in words: of the country, or of the few who keep a log."""

from __future__ import annotations

from collections.abc import Sequence

from planner.learned.lesson import AHEAD, Lesson
from planner.outcome import Outcome
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui.format import Formats

MANY_TIMES = 3.0  # from here on people speak of times, not of per cent
MOST_NAMES = 5


def verdict_word(found: Outcome, snapshot: Snapshot, texts: Texts) -> str:
    """Whether the forecast still holds: the country's, or that of the few who keep a log."""
    if found.lesson.few:
        where = keepers(found.lesson, snapshot, texts)
        return texts(f"learning.verdict.few.{found.state}", where=where)
    return texts(f"learning.verdict.{found.state}")


def verdict_sentence(found: Outcome, snapshot: Snapshot, texts: Texts, fmt: Formats) -> str:
    """How many visits are to be expected, by what was forecast: what the verdict rests on."""
    lesson = found.lesson
    if lesson.learned is None and lesson.user_days:
        return texts("learning.sentence.same_users", start=fmt.date(found.span.start))
    if lesson.learned is None:
        return texts("learning.sentence.nothing", date=fmt.date(found.as_of))
    low, _, high = lesson.judged
    said = {"where": keepers(lesson, snapshot, texts) if lesson.few else texts("page.country")}
    if lesson.valid:
        said |= {"low": fmt.whole(100 * low), "high": fmt.percent(high)}
        return texts.count(f"learning.sentence.{found.state}", AHEAD, **said)
    if low >= MANY_TIMES:
        return texts.count("learning.sentence.times", AHEAD, **said, range=fmt.between(low, high))
    side = "more" if low > 1 else "fewer"
    low, high = sorted((abs(low - 1), abs(high - 1)))
    said |= {"low": fmt.whole(100 * low), "high": fmt.percent(high)}
    return texts.count(f"learning.sentence.{side}", AHEAD, **said)


def keepers(lesson: Lesson, snapshot: Snapshot, texts: Texts) -> str:
    """The municipalities whose log was learned from: the only one by its name."""
    if len(lesson.places) == 1:
        return _names(list(lesson.places), snapshot, texts)
    return texts.count("learning.places", len(lesson.places))


def only_keeper(found: Outcome, snapshot: Snapshot, texts: Texts) -> str | None:
    """Name of the municipality that alone keeps a log; None where none or several do."""
    if found.municipalities == len(found.lesson.places) == 1:
        return keepers(found.lesson, snapshot, texts)
    return None


def few_sentence(found: Outcome, texts: Texts, fmt: Formats) -> str:
    """What the few who keep a log tell of the country; empty where they are many or none."""
    lesson = found.lesson
    if not lesson.few:
        return ""
    low, _, high = lesson.factor
    return texts.count(
        "learning.few", len(lesson.places), low=fmt.whole(100 * low), high=fmt.percent(high)
    )


def remarks(lesson: Lesson, snapshot: Snapshot, texts: Texts) -> list[str]:
    """Logs that can hardly be right: nothing but zeros, or many times the visits forecast."""
    silent = [code for code, place in lesson.places.items() if place.silent]
    loud = [code for code, place in lesson.places.items() if place.loud]
    found = []
    if silent:
        names = _names(silent, snapshot, texts)
        found.append(texts.count("learning.remark.silent", len(silent), names=names))
    if loud:
        names = _names(loud, snapshot, texts)
        found.append(texts.count("learning.remark.loud", len(loud), names=names))
    return found


def _names(codes: Sequence[str], snapshot: Snapshot, texts: Texts) -> str:
    """Municipalities by name, the first few of them."""
    places = (snapshot.municipalities[snapshot.index(code)] for code in codes[:MOST_NAMES])
    shown = ", ".join(place.name(texts.lang) for place in places)
    return f"{shown} …" if len(codes) > MOST_NAMES else shown
