"""`stats`: what was added and read, week by week."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import Command, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import counted, cut, say, table, width
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Queue, Stats

_WEEKS_SHOWN = 12
_AGES = {0: "under a week", 7: "1 to 4 weeks", 28: "1 to 3 months", 91: "3 to 12 months", 365: "over a year"}
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@click.command("stats", cls=Command, epilog=examples("stats", "stats --year 2025", "stats --json"))
@click.option("--year", type=click.IntRange(2, 9998), metavar="YEAR", help="A year instead of the last 53 weeks.")
@json_option
@pass_session
def stats_command(session: Session, year: int | None, as_json: bool) -> None:
    """Count what was added and read, week by week, and what waits.

    Papers in the trash do not count. A week begins on Monday.
    """
    with session.library() as library:
        stats = library.stats(year)
    if as_json:
        print_json(asdict(stats))
        return
    say(*_totals(stats), "", *_weeks(stats), "", *_queue(stats.queue), *_tags(stats))


def _totals(stats: Stats) -> list[str]:
    totals = stats.totals
    kept = (counted(totals.highlights, "highlight"), counted(totals.tags, "tag"))
    when = f"in {stats.year}" if stats.year is not None else "in the last 53 weeks"
    return [
        f"{counted(totals.papers, 'paper')}, {totals.read:,} read, {stats.queue.papers:,} in the queue.",
        f"{totals.added_in_period:,} added and {totals.read_in_period:,} read {when}.",
        f"{totals.starred:,} starred, {totals.with_notes:,} with a note, {kept[0]}, {kept[1]}.",
    ]


def _weeks(stats: Stats) -> list[str]:
    """Return the last weeks, or those of the year in which something happened, a line each."""
    weeks = stats.weeks[-_WEEKS_SHOWN:]
    if stats.year is not None:
        weeks = [week for week in stats.weeks if week.added or week.read] or weeks
    most = max(week.read for week in weeks)
    rows = [("Week from", "added", "read", "")]
    rows += [(week.first, f"{week.added:,}", f"{week.read:,}", _bar(week.read, most)) for week in weeks]
    return table(rows, right=(1, 2))


def _queue(queue: Queue) -> list[str]:
    if not queue.papers:
        return ["The queue is empty."]
    most = max(age.papers for age in queue.ages)
    rows = [(_AGES[age.days], f"{age.papers:,}", _bar(age.papers, most)) for age in queue.ages]
    half = counted(queue.median_days or 0, "day")
    return [f"The queue by age; half of it is older than {half}:", *table(rows, right=(1,))]


def _tags(stats: Stats) -> list[str]:
    rows = [
        (cut(clean_line(series.tag), width() // 2), f"{sum(series.read):,} read", f"{sum(series.added):,} added")
        for series in stats.tags
    ]
    return ["", f"Tags since {stats.months[0]}:", *table(rows, right=(1, 2))] if rows else []


def _bar(count: int, most: int) -> str:
    """Return a bar of at most 30 cells, drawn to an eighth of a cell."""
    eighths = round(count / most * 240) if most else 0
    if count and not eighths:
        eighths = 1
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
