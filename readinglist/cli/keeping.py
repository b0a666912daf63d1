"""`backup`, `backups` and `recover`: copies of the whole library, and putting one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.arguments import Command, examples, json_option
from readinglist.cli.data import print_json
from readinglist.cli.program import Session, library_folder, pass_session
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, say, table
from readinglist.errors import ReadingListError

if TYPE_CHECKING:
    from readinglist.library import Backup

_FILE = click.Path(path_type=Path, dir_okay=False)
_WHY = {
    "manual": "by hand",
    "time": "by itself",
    "quit": "on quitting",
    "upgrade": "before an upgrade",
    "import": "before an import",
    "repair": "before a repair",
    "recover": "before a recovery",
}


@click.command("backup", cls=Command, epilog=examples("backup", "backup ~/library-2026.db"))
@click.argument("file", required=False, type=_FILE)
@json_option
@pass_session
def backup_command(session: Session, file: Path | None, as_json: bool) -> None:
    """Make a backup, into the folder of backups or into FILE, and check it.

    The folder is the library's own, or the one in the settings.
    """
    with session.library() as library, watched("Making a backup") as progress:
        backup = library.back_up(file, folder=chosen_folder(library.folder), progress=progress)
    if as_json:
        print_json(_as_json(backup))
    else:
        say(f"{backup.path}: {_papers(backup)}, {_size(backup)}, checked.")


@click.command("backups", cls=Command, epilog=examples("backups", "backups --json"))
@json_option
@pass_session
def backups_command(session: Session, as_json: bool) -> None:
    """List the backups, the newest first, also of a library that does not open."""
    from readinglist.library import rescue

    folder = library_folder(session.folder)
    if not rescue.is_ours(folder):
        raise ReadingListError(f"There is no library in {folder}.")
    chosen = chosen_folder(folder)
    backups = rescue.backups_of(folder, [chosen] if chosen is not None else [])
    if as_json:
        print_json([_as_json(backup) for backup in backups])
        return
    rows = [(rescue.shown(b), _papers(b), _size(b), _WHY[b.reason], str(b.path)) for b in backups]
    say(*table(rows, right=(1, 2)) or ["There are no backups yet; one is made with: readinglist backup"])


@click.command("recover", cls=Command, epilog=examples("recover ~/library-2026.db"))
@click.argument("file", type=_FILE)
@json_option
@pass_session
def recover_command(session: Session, file: Path, as_json: bool) -> None:
    """Put the backup FILE in the place of the library.

    What it replaces is kept in the library's folder, under replaced/.
    """
    from readinglist.library import rescue

    folder = library_folder(session.folder)
    for place in (folder / "backups", chosen_folder(folder)):
        if place is not None and not file.exists() and (place / file.name).exists():
            file = place / file.name
    with watched("Putting the backup back") as progress:
        recovered = rescue.recover(folder, file, progress=progress)
    if as_json:
        replaced = recovered.replaced
        print_json({"papers": recovered.papers, "replaced": None if replaced is None else str(replaced)})
        return
    say(f"The library in {folder} is that of the backup now: {counted(recovered.papers, 'paper')}.")
    if recovered.replaced is not None:
        say(f"What was there before is kept in {recovered.replaced}.")


def chosen_folder(library: Path) -> Path | None:
    """Return the folder of this library's backups that the settings name, or None."""
    from readinglist.paths import backup_folder, settings_file
    from readinglist.settings import read_settings

    return backup_folder(read_settings(settings_file()).settings.backup_folder, library)


def _as_json(backup: Backup) -> dict[str, Any]:
    return {
        "path": str(backup.path),
        "at": backup.at,
        "reason": backup.reason,
        "bytes": backup.size_bytes,
        "papers": backup.papers,
    }


def _papers(backup: Backup) -> str:
    return "cannot be read" if backup.papers is None else counted(backup.papers, "paper")


def _size(backup: Backup) -> str:
    return f"{backup.size_bytes / 1_000_000:,.1f} MB"
