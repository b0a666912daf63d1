"""The report for a bug: versions, sizes, what doctor found, the end of the log. No titles, notes, names or paths.

It is plain text that its reader can check before sending it anywhere; nothing is sent from here.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist import __version__
from readinglist.cli.outcome import log_path
from readinglist.errors import ReadingListError
from readinglist.paths import replace_file

if TYPE_CHECKING:
    from readinglist.library import Finding

_PACKAGES = ("PySide6-Essentials", "pysqlite3", "sqlite-utils", "Whoosh", "numpy", "click", "rapidfuzz")
_LOG_LINES = 60
_QUOTED = re.compile("“[^”]*”|\"[^\"]*\"|'[^']*'")
_PATH = re.compile(r"(?:[A-Za-z]:)?[/\\](?:[^\s/\\:]+[/\\])*[^\s/\\:,;]*")


def write_report(file: Path, folder: Path, findings: Sequence[Finding]) -> None:
    """Write the report to `file`, which must not be there yet. Raises ReadingListError."""
    if file.exists():
        raise ReadingListError(f"{file} is there already; name a new file for the report.")
    try:
        replace_file(file, "\n".join([*_lines(folder, findings), ""]).encode("utf-8", "replace"))
    except OSError as error:
        raise ReadingListError(f"The report cannot be written to {file}: {error.strerror}.") from error


def _lines(folder: Path, findings: Sequence[Finding]) -> Iterator[str]:
    yield "Report of readinglist. It holds no titles, notes, names or paths; look through it before you send it."
    yield ""
    yield f"readinglist {__version__}, Python {platform.python_version()}, {platform.platform()}"
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name}: not installed"
    yield ""
    database = folder / "library.db"
    size = database.stat().st_size if database.exists() else 0
    yield f"library.db: {size:,} bytes; files beside it: {', '.join(sorted(_kinds(folder))) or 'none'}"
    for finding in findings:
        yield f"{'ok' if finding.ok else 'WRONG'} {finding.check}: {without_names(finding.message)}"
    yield ""
    yield f"The last {_LOG_LINES} lines of the log:"
    yield from map(without_names, _end_of_log())


def _kinds(folder: Path) -> set[str]:
    """Return what lies in the library's folder, as far as it is ours to name."""
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    return {name for name in names if re.fullmatch(r"library\.(db|lock)(-\w+)?|backups|replaced|files", name)}


def _end_of_log() -> list[str]:
    try:
        return log_path().read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return []


def without_names(text: str) -> str:
    """Return a line without what it quotes and without paths.

    >>> without_names("The note of “My diary” (paper 3) is in /home/ada/papers/x.db.")
    'The note of “…” (paper 3) is in [path]'
    """
    return _PATH.sub("[path]", _QUOTED.sub("“…”", text))
