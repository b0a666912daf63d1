"""`digest`, `trends`: what is new, paper by paper and in numbers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from readinglist.cli.arguments import Command, Since, examples, json_option
from readinglist.cli.data import as_text, print_json
from readinglist.cli.edits import DRAIN_ABOVE, bring_up_to_date
from readinglist.cli.output import write_pieces
from readinglist.cli.program import Session, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, cut, say, table, width
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Digest, Trend, Trends

_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 24


_DIGEST_FORMATS = ("text", "markdown", "html", "eml")


@click.command(
    "digest",
    cls=Command,
    epilog=examples(
        "digest",
        "digest --since 7d --format html -o week.html",
        "digest --format eml -o today.eml",
        "digest --by tag --json",
    ),
)
@click.option(
    "--since", type=Since(), metavar="DATE", help="The first day: 2026-03-11, yesterday (as without), 7d, 2w."
)
@click.option("--by", type=click.Choice(["suggestion", "search", "tag"]), help="How to group; else what tells most.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_DIGEST_FORMATS),
    default="text",
    show_default=True,
    help="A text, a page for the browser, or a message for a mail program.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    metavar="FILE",
    help="Write to a file; without it to standard output.",
)
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="How many papers to tell of.")
@json_option
@pass_session
def digest_command(
    session: Session,
    since: date | None,
    by: Literal["suggestion", "search", "tag"] | None,
    format_name: str,
    file: Path | None,
    limit: int,
    as_json: bool,
) -> None:
    """Tell what is new since a day, in groups, and why it stands there.

    New are papers that were added since and are neither read nor archived. Each stands once: among those suggested to
    you, in the first saved search that finds it, or with its tag; one without a tag stands with those it is like.
    Nothing is sent: an eml file is a message that your mail program opens. The same library and day give the same
    bytes.
    """
    with session.library() as library:
        if library.pending() > DRAIN_ABOVE:
            bring_up_to_date(library)
        with watched("Gathering") as progress:
            digest = library.digest(since, by=by, limit=limit, progress=progress)
    if as_json:
        write_pieces([as_text(_as_json(digest)), "\n"], file)
        return
    from readinglist.formats.digest_formats import DIGEST_FORMATS

    write_pieces(DIGEST_FORMATS[format_name](digest), file)


def _as_json(digest: Digest) -> dict[str, Any]:
    from readinglist.formats.paper_json import paper_as_json

    return {
        "today": digest.today,
        "since": digest.since,
        "by": digest.by,
        "total": digest.total,
        "note": digest.note,
        "groups": [
            {
                "kind": group.kind,
                "name": group.name or None,
                "query": group.query,
                "papers": [
                    {**paper_as_json(entry.paper), "reasons": list(map(str, entry.reasons))} for entry in group.papers
                ],
            }
            for group in digest.groups
        ],
    }


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
