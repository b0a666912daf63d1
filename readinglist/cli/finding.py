"""`search`, `show`, `highlights`, `trash`: look at papers without changing anything."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.arguments import (
    Command,
    QueryCommand,
    chosen,
    examples,
    json_option,
    papers_arguments,
)
from readinglist.cli.data import print_json
from readinglist.cli.dates import today
from readinglist.cli.edits import DRAIN_ABOVE, bring_up_to_date
from readinglist.cli.listing import highlight_lines, paper_lines, whole_paper
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import counted, cut, say, width
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Hits, Library, Snippet
    from readinglist.paper import Paper


@click.command(
    "search",
    cls=QueryCommand,
    epilog=examples(
        "search positional bias",
        "search '\"logit lens\" -is:read' --limit 10",
        "search tag:nlp year:>=2024 --sort -year",
        "search -is:starred --ids",
    ),
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option("--sort", metavar="KEY", help="Order by relevance, added, year, title …; -KEY turns it round.")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="How many papers to print.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many papers to leave out before.")
@click.option("--ids", "only_ids", is_flag=True, help="Print the numbers of the papers only.")
@json_option
@pass_session
def search_command(
    session: Session,
    words: tuple[str, ...],
    sort: str | None,
    limit: int,
    offset: int,
    only_ids: bool,
    as_json: bool,
) -> None:
    """Find papers and list them; without a query all, newest first.

    Several words are one query, and a word with a dash before it belongs to it too. The signs before a title
    say where the paper stands: · Inbox, » Up next, ~ Reading, z Later, ✓ Read, ▫ Archived; * is a star.
    """
    with session.library() as library:
        hits = library.search(" ".join(words), limit=limit, offset=offset, sort=sort)
        if only_ids:
            ids = [int(i) for i in hits.ids]
            if as_json:
                print_json(ids)
            elif ids:
                say(*map(str, ids))
            return
        papers = library.papers(hits.ids)
        snippets = [library.snippet(hits, paper) if hits.scores is not None else None for paper in papers]
        if as_json:
            print_json(_hits_as_json(hits, papers, snippets))
        else:
            _list_hits(hits, papers, snippets, offset)
        # Without words to find the index was not asked, and opening it for this alone would cost more than the search.
        if hits.scores is not None and not hits.pending and library.pending() > DRAIN_ABOVE:
            bring_up_to_date(library)


def _hits_as_json(hits: Hits, papers: list[Paper], snippets: list[Snippet | None]) -> dict[str, Any]:
    from readinglist.formats.paper_json import paper_as_json

    scores = dict(zip(hits.ids, hits.scores, strict=True)) if hits.scores is not None else {}
    return {
        "query": hits.query,
        "total": hits.total,
        "seconds": round(hits.seconds, 6),
        "did_you_mean": hits.did_you_mean,
        "relaxed": hits.relaxed,
        "pending": hits.pending,
        "papers": [
            {
                **paper_as_json(paper),
                "score": float(scores[paper.id]) if paper.id in scores else None,
                "snippet": None
                if snippet is None
                else {
                    "field": snippet.field,
                    "text": snippet.text,
                    "marks": [list(mark) for mark in snippet.marks],
                },
            }
            for paper, snippet in zip(papers, snippets, strict=True)
        ],
    }


def _list_hits(hits: Hits, papers: list[Paper], snippets: list[Snippet | None], offset: int) -> None:
    if papers:
        say(*paper_lines(papers, today=today().isoformat(), snippets=snippets), "")
    if hits.relaxed and hits.total:
        say("No paper has all of these words; these have some of them.")
    if hits.did_you_mean:
        say(f"Did you mean “{clean_line(hits.did_you_mean)}”?")
    if hits.pending:
        say(f"{counted(hits.pending, 'paper')} not yet searchable by text; readinglist index sees to it.")
    shown = ""
    if 0 < len(papers) < hits.total:
        shown = f", {offset + 1:,} to {offset + len(papers):,} shown"
    if hits.total:
        say(f"{counted(hits.total, 'paper')}{shown}. {hits.seconds * 1000:.1f} ms")
    else:
        say("No paper found so far." if hits.pending else "No paper found.")


@click.command("show", cls=Command, epilog=examples("show 12", "show 12 15 --json", "show --query is:reading"))
@papers_arguments
@json_option
@pass_session
def show_command(session: Session, ids: tuple[int, ...], query: str | None, as_json: bool) -> None:
    """Print everything about papers."""
    with session.library() as library:
        papers = _papers(library, ids, query)
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json([paper_as_json(paper) for paper in papers])
        return
    for at, paper in enumerate(papers):
        say(*([""] if at else []), *whole_paper(paper, today=today().isoformat()))


def _papers(library: Library, ids: tuple[int, ...], query: str | None) -> list[Paper]:
    numbers = chosen(library, ids, query)
    papers = library.papers(numbers)
    if len(papers) < len(numbers) and query is None:
        have = {paper.id for paper in papers}
        library.paper(next(number for number in numbers if number not in have))  # raises in the library's words
    return papers


@click.command(
    "highlights",
    cls=QueryCommand,
    epilog=examples("highlights", "highlights tag:nlp", "highlights highlight:bias"),
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@json_option
@pass_session
def highlights_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """List the highlights of all papers, or of those that a query finds."""
    with session.library() as library:
        query = " ".join(words)
        library.search(query, limit=0)  # an error in the query is told with the query as typed
        pairs = library.highlights(query)
    if as_json:
        print_json([{"paper": int(paper.id), "title": paper.title, **asdict(highlight)} for paper, highlight in pairs])
        return
    for paper in {paper.id: paper for paper, _ in pairs}.values():
        say(click.style(cut(f"{paper.id}  {clean_line(paper.title)}", width()), bold=True))
        say(*highlight_lines(paper, width()), "")
    say(f"{counted(len(pairs), 'highlight')}.")


@click.command("trash", cls=Command, epilog=examples("trash", "trash --json"))
@json_option
@pass_session
def trash_command(session: Session, as_json: bool) -> None:
    """List the papers in the trash; restore takes them out."""
    with session.library() as library:
        papers = library.trash()
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json([paper_as_json(paper) for paper in papers])
        return
    if papers:
        say(*paper_lines(papers, today=today().isoformat()), "")
    say(f"{counted(len(papers), 'paper')} in the trash.")
