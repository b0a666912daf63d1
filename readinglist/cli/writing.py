"""`add`, `set`, `note`, `highlight`: write papers, correct them, and what the reader thinks of them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.arguments import COLOUR, NUMBER, Command, chosen, examples, json_option, papers_arguments
from readinglist.cli.data import print_json
from readinglist.cli.edits import tell_edit
from readinglist.cli.fields import field_options, read_fields
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import read_input, say
from readinglist.errors import ReadingListError
from readinglist.paper import Paper
from readinglist.text.clean import clean_line, clean_text

if TYPE_CHECKING:
    from readinglist.library import Edited, Library


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
    "note",
    cls=Command,
    epilog=examples(
        "note 12",
        "note 12 --set 'Read the *appendix* first.'",
        "note 12 --append 'See also 15.'",
        "note 12 --edit",
    ),
)
@click.argument("number", type=NUMBER, metavar="ID")
@click.option("--set", "text", metavar="TEXT", help="Write this note in place of the one there is; '' deletes it.")
@click.option("--append", "more", metavar="TEXT", help="Add a paragraph to the note.")
@click.option(
    "--file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="F",
    help="Take the note from a file; - is standard input.",
)
@click.option("--edit", is_flag=True, help="Write the note in your editor (VISUAL or EDITOR).")
@json_option
@pass_session
def note_command(
    session: Session,
    number: int,
    text: str | None,
    more: str | None,
    file: Path | None,
    edit: bool,
    as_json: bool,
) -> None:
    """Print the note on a paper, or write it (Markdown)."""
    if (text is not None) + (more is not None) + (file is not None) + edit > 1:
        raise click.UsageError("Give one of --set, --append, --file and --edit.")
    if file is not None:
        text = _read_text(file)
    with session.library() as library:
        if more is not None:
            tell_edit(
                library,
                library.edit("Note", [number], lambda p: replace(p, note=_joined(p.note, more))),
                as_json,
            )
        elif text is not None:
            tell_edit(library, library.write_note(number, text), as_json)
        elif edit:
            _edit_note(library, number, as_json)
        else:
            _print_note(library.paper(number), as_json)


def _print_note(paper: Paper, as_json: bool) -> None:
    if as_json:
        print_json({"id": int(paper.id), "note": paper.note})
    elif paper.note:
        say(clean_text(paper.note))


def _joined(note: str | None, more: str) -> str:
    return f"{note.rstrip()}\n\n{more}" if note and note.strip() else more


def _read_text(file: Path) -> str:
    try:
        data = read_input() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ReadingListError(f"{file}: cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise ReadingListError(f"{file}: is not UTF-8 text.") from error


def _edit_note(library: Library, number: int, as_json: bool) -> None:
    """Let the reader write in an editor; what was written is kept whatever the library does."""
    before = library.paper(number).note
    written = click.edit(before or "", extension=".md")
    if written is None:
        say("The note stays as it is.")
        return
    text = written if written.strip() else ""
    try:
        edited = _replace_note(library, number, before, text.rstrip("\n"))
    except ReadingListError as error:
        raise ReadingListError(f"{error} What you wrote is in {_kept(number, written)}.") from error
    tell_edit(library, edited, as_json)


def _replace_note(library: Library, number: int, before: str | None, text: str) -> Edited:
    def change(paper: Paper) -> Paper:
        if paper.note != before:
            raise ReadingListError("The note has been changed elsewhere while you wrote.")
        return replace(paper, note=text)

    return library.edit("Note", [number], change)


def _kept(number: int, text: str) -> Path:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"readinglist-note-{number}-", suffix=".md", delete=False
    ) as file:
        file.write(text)
    return Path(file.name)


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
