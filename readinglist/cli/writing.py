"""`add`, `set`, `highlight`: write papers, correct them, and mark what matters in them."""

from __future__ import annotations

from typing import Any

import click

from readinglist.cli.arguments import COLOUR, NUMBER, Command, chosen, examples, json_option, papers_arguments
from readinglist.cli.data import print_json
from readinglist.cli.edits import tell_edit
from readinglist.cli.fields import field_options, read_fields
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import say
from readinglist.paper import Paper
from readinglist.text.clean import clean_line


@click.command(
    "add",
    cls=Command,
    epilog=examples(
        "add --title 'On lists' --author 'Ada Quill' --year 2024",
        "add --title 'On order' --arxiv 2401.00001 --url https://example.org/order",
    ),
)
@click.option("--title", required=True, metavar="TITLE", help="The title.")
@field_options
@json_option
@pass_session
def add_command(session: Session, /, title: str, as_json: bool, **given: Any) -> None:
    """Add one paper by hand."""
    paper = Paper(**read_fields({"title": title, **given}))
    with session.library() as library:
        edited = library.add(paper)
        added = library.paper(edited.ids[0])
    if as_json:
        from readinglist.formats.paper_json import paper_as_json

        print_json(paper_as_json(added))
    else:
        say(f"Added {added.id}: {clean_line(added.title)}")


@click.command(
    "set",
    cls=Command,
    epilog=examples("set 12 --year 2024 --doi 10.1145/3292500", "set 12 --venue ''", "set --query id:12 --year 2025"),
)
@papers_arguments
@click.option("--title", metavar="TITLE", help="The title.")
@field_options
@json_option
@pass_session
def set_command(session: Session, /, ids: tuple[int, ...], query: str | None, as_json: bool, **given: Any) -> None:
    """Correct fields of papers; an empty value takes one away.

    A later import leaves alone what was set by hand. The authors given replace all there were.
    """
    fields = read_fields(given)
    if not fields:
        raise click.UsageError("Say what to set, as --year 2024.")
    with session.library() as library:
        tell_edit(library, library.correct(chosen(library, ids, query), **fields), as_json)


@click.command(
    "highlight",
    cls=Command,
    epilog=examples(
        "highlight 12 --quote 'lost in the middle' --comment 'the claim'",
        "highlight 12 --quote bias --start 140 --colour green",
        "highlight --remove 3f2a91c0",
    ),
)
@click.argument("number", type=NUMBER, required=False, metavar="[ID]")
@click.option("--quote", metavar="TEXT", help="The passage, exactly as it stands in the abstract.")
@click.option(
    "--start",
    type=click.IntRange(min=0),
    metavar="N",
    help="Where it starts, in characters from the beginning; needed when it stands there twice.",
)
@click.option("--comment", metavar="TEXT", help="What you think of it.")
@click.option("--colour", type=COLOUR, default="yellow", show_default=True, help="The colour of the mark.")
@click.option("--remove", "gone", metavar="HID", help="Remove the highlight whose id begins so.")
@json_option
@pass_session
def highlight_command(
    session: Session,
    number: int | None,
    quote: str | None,
    start: int | None,
    comment: str | None,
    colour: str,
    gone: str | None,
    as_json: bool,
) -> None:
    """Highlight a passage of an abstract, or remove a highlight."""
    if gone is not None and (number is not None or quote is not None):
        raise click.UsageError("--remove stands alone: the id of a highlight is enough.")
    if gone is None and (number is None or not quote):
        raise click.UsageError("Name a paper and what to highlight: ID --quote TEXT.")
    with session.library() as library:
        if gone is not None:
            tell_edit(library, library.remove_highlight(gone), as_json)
        elif number is not None and quote is not None:
            edited = library.highlight(number, quote, start=start, comment=comment, colour=colour)
            tell_edit(library, edited, as_json)
