"""`similar`: papers nobody asked for by name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import Command, chosen, examples, json_option, papers_arguments
from readinglist.cli.data import print_json
from readinglist.cli.dates import today
from readinglist.cli.edits import DRAIN_ABOVE, bring_up_to_date
from readinglist.cli.listing import paper_lines
from readinglist.cli.program import Session, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, say, tell
from readinglist.progress import Cancelled
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Similar
    from readinglist.paper import Paper


@click.command(
    "similar",
    cls=Command,
    epilog=examples("similar 12", "similar 12 15 --limit 5", "similar --query is:starred --json"),
)
@papers_arguments
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many papers to print.")
@json_option
@pass_session
def similar_command(session: Session, ids: tuple[int, ...], query: str | None, limit: int, as_json: bool) -> None:
    """Find papers like one, or like several together, and say why.

    The likest come first; the words are those that they have in common and few others have. With similar_by =
    "meaning" in the settings, what the texts mean counts too.
    """
    with session.library() as library:
        numbers = chosen(library, ids, query)
        if library.pending() > (0 if library.by_meaning else DRAIN_ABOVE):
            bring_up_to_date(library)
        if library.by_meaning and not library.knows_meaning():
            tell("readinglist: compared by words alone; what they mean needs an extra: pip install wordllama")
        elif library.embeddings_behind():
            with watched("Learning what papers mean") as progress, suppress(Cancelled):
                library.update_embeddings(progress)
        found = library.similar(numbers, limit=limit)
        papers = library.papers([one.id for one in found])
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json(
            {
                "papers": [
                    {**paper_as_json(paper), "score": one.score, "why": list(one.why)}
                    for paper, one in zip(papers, found, strict=True)
                ]
            }
        )
        return
    for paper, one in zip(papers, found, strict=True):
        say(*paper_lines([paper], today=today().isoformat()), _reason(paper, one))
    say(*([""] if papers else []), f"{counted(len(papers), 'paper')}." if papers else "No paper is like that.")


def _reason(paper: Paper, one: Similar) -> str:
    indent = " " * (len(str(paper.id)) + 5)
    words = clean_line(", ".join(one.why))
    return indent + click.style(f"{one.score:.2f}  {words}", dim=True)
