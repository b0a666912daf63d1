"""`note`: print and write what the reader thinks of a paper, and take an earlier version back."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import NUMBER, Command, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.dates import local_time
from readinglist.cli.edits import tell_edit
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import counted, read_input, say, table
from readinglist.errors import ReadingListError
from readinglist.paper import Paper
from readinglist.text.clean import clean_line, clean_text

if TYPE_CHECKING:
    from readinglist.library import Edited, Library, NoteVersion

_MOST_BYTES = 10_000_000


@click.command(
    "note",
    cls=Command,
    epilog=examples(
        "note 12",
        "note 12 --set 'Read the *appendix* first.'",
        "note 12 --append 'See also 15.'",
        "note 12 --edit",
        "note 12 --versions",
        "note 12 --take-back 3",
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
@click.option("--versions", is_flag=True, help="List what the note has been, the newest first.")
@click.option("--show", "shown", type=NUMBER, metavar="N", help="Print version N of the note.")
@click.option("--take-back", "wanted", type=NUMBER, metavar="N", help="Make the note what it was in version N.")
@json_option
@pass_session
def note_command(
    session: Session,
    number: int,
    text: str | None,
    more: str | None,
    file: Path | None,
    edit: bool,
    versions: bool,
    shown: int | None,
    wanted: int | None,
    as_json: bool,
) -> None:
    """Print the note on a paper, write it (Markdown), or take an earlier version of it back."""
    given = [value is not None for value in (text, more, file, shown, wanted)]
    if sum(given) + edit + versions > 1:
        raise click.UsageError("Give one of --set, --append, --file, --edit, --versions, --show and --take-back.")
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
        elif versions:
            _list_versions(library.note_versions(number), as_json)
        elif shown is not None:
            _show_version(library, number, shown, as_json)
        elif wanted is not None:
            tell_edit(library, library.take_back_note(number, wanted), as_json)
        else:
            _print_note(library.paper(number), as_json)


def _print_note(paper: Paper, as_json: bool) -> None:
    if as_json:
        print_json({"id": int(paper.id), "note": paper.note})
    elif paper.note:
        say(clean_text(paper.note))


def _list_versions(versions: list[NoteVersion], as_json: bool) -> None:
    if as_json:
        print_json([_version_as_json(version) for version in reversed(versions)])
        return
    rows = [
        (
            str(version.number),
            local_time(version.at),
            counted(len(version.text.split()), "word") if version.text else "no note",
            _made_by(version),
            "" if version.whole else "damaged",
        )
        for version in reversed(versions)
    ]
    say(*table(rows, right=(0, 2)) or ["There has never been a note."])


def _made_by(version: NoteVersion) -> str:
    label = clean_line(version.label) or "came with the paper"
    return label if version.kind == "edit" else f"{version.kind.capitalize()}: {label}"


def _version_as_json(version: NoteVersion) -> dict[str, object]:
    return {
        "version": version.number,
        "at": version.at,
        "label": version.label or None,
        "kind": version.kind,
        "whole": version.whole,
        "text": version.text or None,
    }


def _show_version(library: Library, number: int, wanted: int, as_json: bool) -> None:
    version = library.note_version(number, wanted)
    if as_json:
        print_json(_version_as_json(version))
    elif version.text:
        say(clean_text(version.text))


def _joined(note: str | None, more: str) -> str:
    return f"{note.rstrip()}\n\n{more}" if note and note.strip() else more


def _read_text(file: Path) -> str:
    try:
        data = read_input(_MOST_BYTES) if str(file) == "-" else _read_file(file)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ReadingListError(f"{file}: cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise ReadingListError(f"{file}: is not UTF-8 text.") from error


def _read_file(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise ReadingListError(f"{file}: is no file.")  # a pipe would be waited for, /dev/zero never ends
    with file.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ReadingListError(f"{file}: is longer than {_MOST_BYTES // 1_000_000} MB, which is too long for a note.")
    return data


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
