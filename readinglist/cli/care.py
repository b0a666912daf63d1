"""`doctor` and `index`: look after a library."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglist.cli.arguments import Command, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.keeping import chosen_folder
from readinglist.cli.outcome import FAILED, INTERRUPTED
from readinglist.cli.program import Session, library_folder
from readinglist.cli.progress import watched
from readinglist.cli.terminal import cells, counted, pad, say, tell
from readinglist.errors import DiskFull, LibraryBusy, ReadingListError
from readinglist.progress import Cancelled
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Finding


@click.command("doctor", cls=Command, epilog=examples("doctor", "doctor --repair", "doctor --report bug.txt"))
@click.option("--repair", is_flag=True, help="Repair what can be repaired, and say what was done.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a report for a bug to a new FILE, without titles, notes, names or paths.",
)
@json_option
@click.pass_context
def doctor_command(context: click.Context, repair: bool, report: Path | None, as_json: bool) -> None:
    """Check the library and name what is wrong with it.

    The exit status is 1 when something is wrong and was not repaired.
    """
    session = context.ensure_object(Session)
    findings = _findings(session, repair)
    if report is not None:
        from readinglist.cli.report import write_report

        write_report(report, library_folder(session.folder), findings, _counts(session))
        tell(f"The report is in {report}: look through it before you send it.")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        room = max((cells(finding.check) for finding in findings), default=0)
        for finding in findings:
            sign, colour = (
                ("repaired", "yellow") if finding.repaired else ("ok", "green") if finding.ok else ("wrong", "red")
            )
            message = clean_line(finding.message)
            line = f"{click.style(pad(sign, 8), fg=colour)}  {pad(finding.check, room)}  {message}"
            if not finding.ok:
                line += f" (doctor --repair: {clean_line(finding.repair or 'leaves this to you')})"
            say(line)
    if any(not finding.ok and not finding.repaired for finding in findings):
        context.exit(FAILED)


def _counts(session: Session) -> dict[str, int]:
    """Return how many there are of what; nothing where the library does not open."""
    try:
        with session.library() as library:
            feeds = len(library.feeds())
            return {**asdict(library.stats().totals), "trash": len(library.trash()), "feeds": feeds}
    except ReadingListError:
        return {}


def _findings(session: Session, repair: bool) -> list[Finding]:
    """Return what is found in a library, also in one that does not open; with `repair` a backup is put back then."""
    from readinglist.library import rescue

    folder = library_folder(session.folder)
    chosen = chosen_folder(folder)
    others = [chosen] if chosen is not None else []
    try:
        with session.library() as library, watched("Checking the library") as progress:
            found = library.doctor(repair=repair, progress=progress, folder=chosen)
    except (DiskFull, LibraryBusy):
        raise
    except ReadingListError:
        if not rescue.is_ours(folder):
            raise
        found = rescue.repair(folder, others) if repair else rescue.examine(folder, others)
        if not found:  # the file is sound, what keeps it from opening is something else
            raise
        return found
    if repair and not found[0].ok:
        return [*rescue.repair(folder, others), *found[1:]]
    return found


@click.command("index", cls=Command, epilog=examples("index", "index --rebuild"))
@click.option("--rebuild", is_flag=True, help="Throw the index away and build it from the library.")
@json_option
@click.pass_context
def index_command(context: click.Context, rebuild: bool, as_json: bool) -> None:
    """Bring the full-text index up to date; it can be rebuilt at any time."""
    with context.ensure_object(Session).library() as library:
        with watched("Rebuilding the index" if rebuild else "Bringing the index up to date") as progress:
            try:
                count = library.rebuild_index(progress) if rebuild else library.update_index(progress)
            except Cancelled:
                progress.clear()
                tell("readinglist: stopped; what is not done is done at the next time.")
                context.exit(INTERRUPTED)
        pending = library.pending()
    if as_json:
        print_json({"indexed": count, "pending": pending})
        return
    say(f"{counted(count, 'paper')} taken into the index.")
    if pending:
        say(f"{counted(pending, 'paper')} still to come: another process is at it.")
