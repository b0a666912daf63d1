"""`suggest`, `next`, `like`: what to read, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import Command, chosen, examples, json_option, papers_arguments
from readinglist.cli.data import print_json
from readinglist.cli.dates import today
from readinglist.cli.edits import DRAIN_ABOVE, bring_up_to_date, tell_edit
from readinglist.cli.listing import paper_lines
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import counted, say, width, wrap
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Library, Suggestion
    from readinglist.paper import Paper


@click.command(
    "suggest", cls=Command, epilog=examples("suggest", "suggest --limit 5 --json", "suggest --query 'listed:today'")
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many papers to print.")
@click.option("--query", metavar="QUERY", help="Choose among all papers that the query finds, not from the Inbox.")
@json_option
@pass_session
def suggest_command(session: Session, limit: int, query: str | None, as_json: bool) -> None:
    """Print the papers of the Inbox that you will like most, and why.

    Learnt from what you starred, read, tagged, highlighted and wrote notes on, from what you archived unread, and from
    your answers (see `like`). Scores go from -1 to 1.
    """
    with session.library() as library:
        among = None if query is None else chosen(library, (), query)
        _take_in(library)
        found = library.suggest(limit, among=among)
        papers = library.papers([one.id for one in found.papers])
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json(
            {
                "basis": found.basis,
                "note": str(found.note),
                "liked": found.liked,
                "passed": found.passed,
                "pending": found.pending,
                "papers": [
                    {
                        **paper_as_json(paper),
                        "score": one.score,
                        "reasons": [str(reason) for reason in one.reasons],
                        "why": list(one.why),
                        "close_to": [int(number) for number in one.near],
                    }
                    for paper, one in zip(papers, found.papers, strict=True)
                ],
            }
        )
        return
    for paper, one in zip(papers, found.papers, strict=True):
        say(*paper_lines([paper], today=today().isoformat()), *_reason(paper, one))
    if not papers:
        say("Nothing waits in the Inbox." if query is None else "The query finds nothing to suggest.")
        return
    say("", *wrap(f"{counted(len(papers), 'paper')}. {found.note}", width()))


def _take_in(library: Library) -> None:
    if library.pending() > DRAIN_ABOVE:
        bring_up_to_date(library)
    elif not library.read_only:
        library.update_index()  # few papers; one that is not in the index cannot be judged


def _reason(paper: Paper, one: Suggestion) -> list[str]:
    indent = " " * (len(str(paper.id)) + 5)
    words = clean_line("; ".join(one.reasons))
    return [click.style(line, dim=True) for line in wrap(f"{one.score:.2f}  {words}", width(), indent)]


@click.command("next", cls=Command, epilog=examples("next", "next --json"))
@json_option
@pass_session
def next_command(session: Session, as_json: bool) -> None:
    """Print what to read now, and why.

    The first in Up next, for that order is yours; else what you have begun; else what you put off until today; else the
    best of the Inbox.
    """
    with session.library() as library:
        _take_in(library)
        found = library.what_to_read()
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json(
            {
                "paper": paper_as_json(found.paper) if found else None,
                "from": found.place if found else None,
                "why": str(found.why) if found else None,
            }
        )
        return
    if found is None:
        say("Nothing waits to be read.")
        return
    say(*paper_lines([found.paper], today=today().isoformat()))
    indent = " " * (len(str(found.paper.id)) + 5)
    say(*(click.style(line, dim=True) for line in wrap(clean_line(found.why), width(), indent)))


@click.command("like", cls=Command, epilog=examples("like 12", "like 15 18 --less", "like 15 --clear"))
@papers_arguments
@click.option("--less", is_flag=True, help="Suggest less like these.")
@click.option("--clear", is_flag=True, help="Take the answer back.")
@json_option
@pass_session
def like_command(
    session: Session, ids: tuple[int, ...], query: str | None, less: bool, clear: bool, as_json: bool
) -> None:
    """Ask for more suggestions like these papers, or for less."""
    if less and clear:
        raise click.UsageError("Give one of --less and --clear.")
    with session.library() as library:
        taste = None if clear else "less" if less else "more"
        tell_edit(library, library.answer(chosen(library, ids, query), taste), as_json)
