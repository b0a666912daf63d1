"""`trends`: what is new, in numbers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Literal

import click

from readinglist.cli.arguments import Command, Since, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.edits import bring_up_to_date
from readinglist.cli.program import Session, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, cut, say, table, width
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Trend, Trends

_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 24


@click.command(
    "trends",
    cls=Command,
    epilog=examples("trends", "trends --since 2w", "trends --since 2024 --by year --limit 50", "trends --json"),
)
@click.option("--since", type=Since(), metavar="DATE", help="Later is from this day on: 2026-03-11, 2026-03, 7d, 2w.")
@click.option("--by", type=click.Choice(["day", "year"]), help="By the day papers came, or by their own year.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many terms to print.")
@json_option
@pass_session
def trends_command(
    session: Session, since: date | None, by: Literal["day", "year"] | None, limit: int, as_json: bool
) -> None:
    """Say which terms rise in what came lately, against before.

    Without --since the last four weeks are compared, the last quarter where they hold too few papers, or the last
    years where all papers came at one time. A paper came when it was added, or on the day of the list it stood in.
    The bars are shares of the papers of each day, week or year.
    """
    with session.library() as library:
        if library.pending():
            bring_up_to_date(library)
        with watched("Comparing") as progress:
            trends = library.trends(since, by=by, limit=limit, progress=progress)
    if as_json:
        print_json(asdict(trends))
        return
    if trends.since is None:
        say("There is nothing to compare: too few papers came before or since.")
        return
    if not trends.terms:
        say(_compared(trends), "No term rises for certain.")
        return
    rows: list[tuple[str, ...]] = [("", "", "since", "before", "", "z")]
    rows += [_row(trends, trend) for trend in trends.terms]
    say(_compared(trends), "", *table(rows, right=(2, 3, 5)))


def _compared(trends: Trends) -> str:
    first_late = next(at for at, period in enumerate(trends.periods) if period.first == trends.since)
    days = (trends.periods[first_late].first, trends.periods[0].first, trends.periods[first_late - 1].last)
    since, first, last = (day[:4] for day in days) if trends.by == "year" else days
    before = first if first == last else f"{first} to {last}"
    return f"{counted(trends.late, 'paper')} since {since}, against {trends.early:,} of {before}."


def _row(trends: Trends, trend: Trend) -> tuple[str, ...]:
    late, early = trend.late / trends.late, trend.early / trends.early
    return (
        cut(clean_line(", ".join(trend.names[:2])), width() - 50),
        _bars(trends, trend),
        _share(late),
        _share(early),
        counted(trend.late, "paper"),
        f"{trend.score:.1f}",
    )


def _share(part: float) -> str:
    return f"{part:.1%}" if part < 0.1 else f"{part:.0%}"


def _bars(trends: Trends, trend: Trend) -> str:
    """Return the shares of the last periods as a line of bars; a period without papers is a space."""
    pairs = list(zip(trend.series, trends.periods, strict=True))[-_MOST_BARS:]
    shares = [having / period.papers if period.papers else None for having, period in pairs]
    most = max((share for share in shares if share), default=0.0) or 1.0
    return "".join(" " if share is None else _BARS[min(7, int(share / most * 7.999))] for share in shares)
