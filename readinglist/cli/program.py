"""The program as a group of commands. Knows their names and where they stand, not what they do.

A module of commands is imported when one of its commands is asked for.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist import __version__
from readinglist.cli.arguments import examples
from readinglist.cli.outcome import DONE, logged, outcome
from readinglist.cli.terminal import listens, tell

if TYPE_CHECKING:
    from readinglist.library import Library

# Section of the help, module, its commands; in the order of the help.
_SECTIONS = (
    ("Take in and give out", "taking_in", ("import", "export", "formats")),
    ("Fetch", "feeds", ("feeds",)),
    ("Find", "finding", ("search", "show", "highlights", "trash")),
    ("Discover", "suggesting", ("suggest", "next", "like")),
    ("Compare", "discovering", ("similar",)),
    ("See what is new", "news", ("digest", "trends")),
    ("Sort", "sorting", ("tag", "star", "unstar", "move", "remove", "restore")),
    ("Write", "writing", ("add", "set", "note", "highlight")),
    ("Take back", "past", ("undo", "redo", "history")),
    ("Arrange", "arranging", ("tags", "searches")),
    ("Tidy up", "merging", ("duplicates", "merge")),
    ("Look back", "statistics", ("stats",)),
    ("Look after", "care", ("doctor", "index")),
    ("Keep safe", "keeping", ("backup", "backups", "recover")),
)
_MODULES = {name: module for _, module, names in _SECTIONS for name in names} | {"note": "noting"}


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is given: which library is meant."""

    folder: Path | None

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library for a command and close it behind it."""
        from readinglist.library import Library

        folder = library_folder(self.folder)
        is_new = not folder.exists()
        with Library.open(folder) as library:
            if is_new and listens("stderr"):
                tell(f"A new library was made in {folder}.")
            library.by_meaning = _by_meaning()
            yield library


def _by_meaning() -> bool:
    """Say whether the reader chose that papers are similar by what they mean too."""
    from readinglist.paths import settings_file

    if not (file := settings_file()).exists():
        return False
    from readinglist.settings import read_settings

    return read_settings(file).settings.similar_by == "meaning"


def library_folder(named: Path | None) -> Path:
    """Return the folder that was named, or the usual one of this user."""
    if named is not None:
        return named
    from readinglist.paths import default_library

    return default_library()


class Program(click.Group):
    """The group: loads its commands when asked for, lists them by section, ends with our exit statuses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; its function or group is called `<name>_command`."""
        if cmd_name not in _MODULES:
            return None
        module = importlib.import_module(f"readinglist.cli.{_MODULES[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section."""
        for title, _, names in _SECTIONS:
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [(name, command.get_short_help_str(70)) for name, command in commands if command is not None]
                )

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program and end the process with the exit status."""
        extra["standalone_mode"] = False
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            extra.setdefault("color", False)
        _use_utf8()

        def work() -> int:
            result = click.Group.main(self, *args, **extra)
            return result if isinstance(result, int) else DONE

        with logged():
            status = outcome(work)
        sys.exit(status)


def _use_utf8() -> None:
    """Write UTF-8 to files and pipes everywhere, and to a terminal what it can show."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not hasattr(stream, "reconfigure"):
            continue
        if listens(name):
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@click.group(
    "readinglist",
    cls=Program,
    invoke_without_command=True,
    context_settings={"max_content_width": 100},
    epilog=examples("import papers.txt", "search positional bias", "move 12 --to next --top", "export --format json"),
)
@click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, readable=False),
    metavar="DIR",
    help="The folder of the library; without it READINGLIST_LIBRARY, or the usual place.",
)
@click.version_option(__version__, prog_name="readinglist", help="Show the version and exit.")
@click.pass_context
def program(context: click.Context, folder: Path | None) -> None:
    """A reading list for research papers.

    Without a command the window opens. Papers are named by their numbers, or with --query where several are
    meant.
    """
    context.obj = Session(folder)
    if context.invoked_subcommand is None:
        from readinglist.cli.display import open_window

        context.exit(open_window(library_folder(folder), list(_MODULES)))


pass_session = click.make_pass_decorator(Session)
