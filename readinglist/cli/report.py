"""The report for a bug: versions, counts, what doctor found, the end of the log. No titles, notes, names or paths.

It is plain text that its reader can check before sending it anywhere; nothing is sent from here.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist import __version__
from readinglist.cli.discretion import without_names
from readinglist.cli.outcome import log_path
from readinglist.errors import ReadingListError
from readinglist.paths import replace_file

if TYPE_CHECKING:
    from readinglist.library import Finding

_PACKAGES = ("PySide6-Essentials", "pysqlite3", "sqlite-utils", "Whoosh", "numpy", "click", "rapidfuzz")
_LOG_LINES = 60
_EVERYBODY = frozenset({"root", "home", "user", "Users"})


def write_report(file: Path, folder: Path, findings: Sequence[Finding], counts: Mapping[str, int]) -> None:
    """Write the report to `file`, which must not be there yet. Raises ReadingListError.

    `counts` says how many there are of what; empty where the library does not open.
    """
    if file.exists():
        raise ReadingListError(f"{file} is there already; name a new file for the report.")
    try:
        replace_file(file, "\n".join([*_lines(folder, findings, counts), ""]).encode("utf-8", "replace"))
    except OSError as error:
        raise ReadingListError(f"The report cannot be written to {file}: {error.strerror}.") from error


_TOP = """\
Report of readinglist for a bug. It was written to a file of yours and sent nowhere.
In it: versions of the program, Python, the system and libraries; counts and sizes of your library; what the check of
the library found; the end of the program's log. Left out: titles, notes, tags, searches, feeds, names, and paths
(“~” is your home). Whatever a line quoted is “…”. Please read it before you send it, and take out what you like.
"""


def _lines(folder: Path, findings: Sequence[Finding], counts: Mapping[str, int]) -> Iterator[str]:
    def discreet(text: str) -> str:
        return without_names(text, home=_home(), user=_user(), folder=folder)

    yield _TOP
    # Not `platform.platform()`, which runs a program to find out more.
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield f"readinglist {__version__}, Python {platform.python_version()}, {system}"
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name}: not installed"
    yield ""
    database = folder / "library.db"
    try:
        size = database.stat().st_size
    except OSError:
        size = 0
    yield f"library.db: {size:,} bytes; files beside it: {', '.join(sorted(_kinds(folder))) or 'none'}"
    yield ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "The library could not be opened."
    yield ""
    for finding in findings:
        yield f"{'ok' if finding.ok else 'WRONG'} {finding.check}: {discreet(finding.message)}"
    yield ""
    yield f"The last {_LOG_LINES} lines of the log:"
    yield from map(discreet, _end_of_log())


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # the system does not know
        return None


def _user() -> str:
    """Return the name that the user goes by on this machine, or "" where nobody could be known by it."""
    home = _home()
    name = home.name if home else ""
    return name if len(name) > 2 and name not in _EVERYBODY else ""


def _kinds(folder: Path) -> set[str]:
    """Return what lies in the library's folder, as far as it is ours to name."""
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError:  # it is not there, or may not be looked into
        return set()
    return {name for name in names if re.fullmatch(r"library\.(db|lock)(-\w+)?|backups|replaced|files", name)}


def _end_of_log() -> list[str]:
    try:
        return log_path().read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return []
