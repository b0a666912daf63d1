"""The reading stats as pictures made of rectangles, with what each is in words and as a search. Draws nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtGui import QColor

from readinglist.library import Stats, Stretch
from readinglist.query.printer import quoted
from readinglist.ui.actions import N
from readinglist.ui.days import day_in_words
from readinglist.ui.theme import Theme

translate = QCoreApplication.translate

Measure = Literal["read", "added"]

_GAP = 0.16
_FIELDS = {"read": "finished", "added": "added"}
_AGE_NAMES = (
    N("Stats", "Under a week"),
    N("Stats", "1 to 4 weeks"),
    N("Stats", "1 to 3 months"),
    N("Stats", "3 to 12 months"),
    N("Stats", "Over a year"),
)
_SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One rectangle, in the picture's own units, y upwards.

    `column` and `row` are its place for the arrow keys; `words` say it; `query` finds its papers, "" when it has none.
    """

    column: int
    row: int
    x: float
    y: float
    width: float
    height: float
    colour: str
    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot. `summary` is the whole of it in a few sentences. Ticks are (place, text); `right`, `top` are its ends.

    `tall`: a click above a bar, in its column, means the bar. `bottom` is negative where rows hang down.
    """

    name: str
    title: str
    summary: str
    cells: Sequence[Cell]
    right: float
    top: float
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]
    legend: Sequence[tuple[str, str]] = field(default=())
    tall: bool = True
    height_px: int = 150


def pictures(stats: Stats, theme: Theme, measure: Measure) -> list[Picture]:
    """Return all pictures; `measure` is what the calendar and the tags count."""
    made = [
        weeks_picture(stats, theme, "read"),
        weeks_picture(stats, theme, "added"),
        calendar_picture(stats, theme, measure),
        queue_picture(stats, theme),
    ]
    if stats.tags:
        made.append(tags_picture(stats, theme, measure))
    return made


def weeks_picture(stats: Stats, theme: Theme, measure: Measure) -> Picture:
    """Return a bar for each week."""
    counts = [_count(week, measure) for week in stats.weeks]
    most = max(counts, default=0)
    colour = theme.acc if measure == "read" else theme.tags["teal"]
    cells = [
        Cell(number, 0, number + _GAP / 2, 0, 1 - _GAP, count, colour, words, _query(measure, week.first, week.last))
        for number, (week, count) in enumerate(zip(stats.weeks, counts, strict=True))
        if (
            words := translate("Stats", "Week from {day}: {papers}").format(day=_day(week.first), papers=_papers(count))
        )
    ]
    title = translate("Stats", "Read each week") if measure == "read" else translate("Stats", "Added each week")
    summary = translate("Stats", "{total} in %Ln weeks.", "", len(counts)).format(total=_papers(sum(counts)))
    if most:
        best = stats.weeks[counts.index(most)].first
        summary += " " + translate("Stats", "The most, {n}, in the week from {day}.").format(
            n=_number(most), day=_day(best)
        )
    ticks = _month_ticks([week.first for week in stats.weeks])
    return Picture(
        f"stats{measure.capitalize()}Weeks", title, summary, cells, len(counts), most or 1, ticks, _steps(most)
    )


def calendar_picture(stats: Stats, theme: Theme, measure: Measure) -> Picture:
    """Return a square for each day: weeks side by side, Monday on top, the more papers the stronger."""
    counts = [_count(day, measure) for day in stats.days]
    ranked = sorted(count for count in counts if count)
    shade = _shades(theme, theme.acc if measure == "read" else theme.tags["teal"])
    cells = []
    for number, (day, count) in enumerate(zip(stats.days, counts, strict=True)):
        column, row = divmod(number, 7)
        words = translate("Stats", "{day}: {papers}").format(day=_day(day.first, weekday=True), papers=_papers(count))
        strength = _strength(count, ranked)
        place = (column, row, column + _GAP / 2, 6 - row + _GAP / 2, 1 - _GAP, 1 - _GAP)
        cells.append(Cell(*place, shade(strength), words, _query(measure, day.first, day.first)))
    active = sum(1 for count in counts if count)
    title = translate("Stats", "Read, day by day") if measure == "read" else translate("Stats", "Added, day by day")
    words = translate("Stats", "{total} on {days} of {all} days.")
    summary = words.format(total=_papers(sum(counts)), days=_number(active), all=_number(len(counts)))
    names = [(6.5 - row, QLocale().dayName(row + 1, QLocale.FormatType.ShortFormat)) for row in (0, 2, 4)]
    ticks = _month_ticks([week.first for week in stats.weeks])
    weeks = len(stats.weeks)
    name = "statsCalendar"
    return Picture(name, title, summary, cells, weeks, 7, ticks, names, tall=False, height_px=140)


def queue_picture(stats: Stats, theme: Theme) -> Picture:
    """Return a bar for each age that papers of the queue have reached."""
    queue = stats.queue
    most = max((age.papers for age in queue.ages), default=0)
    cells, ticks = [], []
    for number, age in enumerate(queue.ages):
        name = translate("Stats", _AGE_NAMES[number])
        words = translate("Stats", "{age}: {papers}").format(age=name, papers=_papers(age.papers))
        query = f"is:unread added:{age.first or ''}..{age.last}"
        cells.append(Cell(number, 0, number + 0.2, 0, 0.6, age.papers, theme.tags["orange"], words, query))
        ticks.append((number + 0.5, name))
    summary = translate("Stats", "{total} wait, neither read nor archived.").format(total=_papers(queue.papers))
    if queue.median_days is not None and queue.oldest is not None:
        days = queue.median_days
        words = translate("Stats", "Half of them for more than %Ln days; the oldest came on {day}.", "", days)
        summary += " " + words.format(day=_day(queue.oldest))
    title = translate("Stats", "How long papers have waited")
    return Picture("statsQueue", title, summary, cells, len(cells), most or 1, ticks, _steps(most))


def tags_picture(stats: Stats, theme: Theme, measure: Measure) -> Picture:
    """Return a bar for each month, with a piece for each tag; a paper with two of them counts in both."""
    colours = [theme.tag_colour(series.tag, series.colour) for series in stats.tags]
    colours = _told_apart(colours, list(theme.tags.values()))
    cells, tops = [], []
    for column, month in enumerate(stats.months):
        y = 0
        for row, (series, colour) in enumerate(zip(stats.tags, colours, strict=True)):
            count = (series.read if measure == "read" else series.added)[column]
            words = translate("Stats", "{month}, {tag}: {papers}").format(
                month=_month(month), tag=series.tag, papers=_papers(count)
            )
            query = f"tag:{quoted(series.tag)} {_FIELDS[measure]}:{month}"
            cells.append(Cell(column, row, column + 0.18, y, 0.64, count, colour, words, query))
            y += count
        tops.append(y)
    sums = [sum(series.read if measure == "read" else series.added) for series in stats.tags]
    title = (
        translate("Stats", "Tags of what was read, by month")
        if measure == "read"
        else translate("Stats", "Tags of what was added, by month")
    )
    named = [
        translate("Stats", "{tag}: {n}").format(tag=series.tag, n=_number(total))
        for series, total in zip(stats.tags, sums, strict=True)
    ]
    ticks = [(number + 0.5, _month(month, short=True)) for number, month in enumerate(stats.months)]
    legend = [(colour, series.tag) for colour, series in zip(colours, stats.tags, strict=True)]
    most = max(tops, default=0)
    return Picture(
        "statsTags",
        title,
        ", ".join(named) + ".",
        cells,
        len(stats.months),
        most or 1,
        ticks,
        _steps(most),
        legend,
        tall=False,
        height_px=190,
    )


def _count(stretch: Stretch, measure: Measure) -> int:
    return stretch.read if measure == "read" else stretch.added


def _query(measure: Measure, first: str, last: str) -> str:
    return f"{_FIELDS[measure]}:{first}..{last}" if first != last else f"{_FIELDS[measure]}:{first}"


def _strength(count: int, ranked: Sequence[int]) -> int:
    """Return 0 for nothing, 4 for the most, else 1 to 4 by how many days had fewer: a thousand hides none."""
    if not count:
        return 0
    if count == ranked[-1]:
        return _SHADES
    return 1 + min(_SHADES - 1, _SHADES * bisect_left(ranked, count) // len(ranked))


def _shades(theme: Theme, colour: str) -> Callable[[int], str]:
    nothing, full = QColor(theme.chip), QColor(colour)

    def shade(strength: int) -> str:
        if not strength:
            return nothing.name()
        part = 0.25 + 0.75 * (strength - 1) / (_SHADES - 1)
        ground = QColor(theme.read)
        mixed = [
            round(of + (to - of) * part)
            for of, to in zip(ground.getRgb()[:3], full.getRgb()[:3], strict=True)  # type: ignore[index]
        ]
        return QColor(*mixed).name()

    return shade


def _told_apart(colours: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the colours, one that stood before replaced by the first of the others that does not."""
    found: list[str] = []
    for colour in colours:
        free = (other for other in others if other.casefold() not in {c.casefold() for c in (*found, *colours)})
        taken = colour.casefold() in {c.casefold() for c in found}
        found.append(next(free, colour) if taken else colour)
    return found


def _steps(most: int) -> list[tuple[float, str]]:
    """Return at most four round numbers from 0 up to the most."""
    step = 1
    while most // step > 3:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    return [(value, _number(value)) for value in range(0, most + 1, step)]


def _month_ticks(firsts: Sequence[str]) -> list[tuple[float, str]]:
    ticks = []
    for number, first in enumerate(firsts):
        if number and first[:7] != firsts[number - 1][:7] and number < len(firsts) - 1:
            ticks.append((number + 0.5, _month(first[:7], short=True)))
    return ticks


def _papers(count: int) -> str:
    return translate("Stats", "%Ln papers", "", count)


def _number(count: int) -> str:
    return QLocale().toString(count)


def _day(day: str, *, weekday: bool = False) -> str:
    return day_in_words(date.fromisoformat(day), weekday=weekday)


def _month(month: str, *, short: bool = False) -> str:
    year, number = map(int, month.split("-"))
    return QLocale().toString(QDate(year, number, 1), "MMM" if short else "MMMM yyyy")
