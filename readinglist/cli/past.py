"""`undo`, `redo`, `history`: go back and forth in what was done, across runs of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import NUMBER, Command, examples, json_option
from readinglist.cli.data import edited_as_json, print_json
from readinglist.cli.dates import local_time
from readinglist.cli.program import Session, pass_session
from readinglist.cli.terminal import counted, say, table, tell
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Undone

_CONFLICTS_SHOWN = 20


def _tell_undone(undone: Undone, verb: str, as_json: bool) -> None:
    if as_json:
        print_json({**edited_as_json(undone), "conflicts": undone.conflicts})
        return
    papers = f" ({counted(undone.edited, 'paper')})" if undone.edited else ""
    say(f"{verb}: {clean_line(undone.label)}{papers}.")
    for conflict in undone.conflicts[:_CONFLICTS_SHOWN]:
        tell(conflict)
    if len(undone.conflicts) > _CONFLICTS_SHOWN:
        tell(f"… and {len(undone.conflicts) - _CONFLICTS_SHOWN:,} more were left alone (--json tells all).")


@click.command("undo", cls=Command, epilog=examples("undo", "undo --entry 41"))
@click.option("--entry", type=NUMBER, metavar="N", help="Undo this entry of the history instead of the newest.")
@json_option
@pass_session
def undo_command(session: Session, entry: int | None, as_json: bool) -> None:
    """Take back the newest edit, or an earlier one.

    What has changed since is left alone and told of.
    """
    with session.library() as library:
        _tell_undone(library.undo(entry), "Undone", as_json)


@click.command("redo", cls=Command, epilog=examples("redo"))
@json_option
@pass_session
def redo_command(session: Session, as_json: bool) -> None:
    """Do again what was undone last."""
    with session.library() as library:
        _tell_undone(library.redo(), "Done again", as_json)


@click.command("history", cls=Command, epilog=examples("history", "history --limit 200 --json"))
@click.option("--limit", type=NUMBER, default=50, show_default=True, help="How many entries to print.")
@json_option
@pass_session
def history_command(session: Session, limit: int, as_json: bool) -> None:
    """List what was done, newest first, with the numbers for undo --entry."""
    with session.library() as library:
        entries = library.history(limit)
    if as_json:
        names = ("at", "label", "kind", "edited", "undone")
        print_json([{"entry": e.id, **{name: getattr(e, name) for name in names}} for e in entries])
        return
    rows = []
    for entry in entries:
        label = entry.label if entry.kind == "edit" else f"{entry.kind.capitalize()}: {entry.label}"
        papers = counted(entry.edited, "paper") if entry.edited else ""
        undone = "undone" if entry.undone else ""
        rows.append((str(entry.id), local_time(entry.at), clean_line(label), papers, undone))
    say(*table(rows, right=(0, 3)) or ["Nothing has been done yet."])
