"""Write what a command makes to standard output or to a file. Knows nothing of what it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from readinglist.cli.terminal import listens, output
from readinglist.errors import ReadingListError
from readinglist.text.clean import clean_text


def write_pieces(pieces: Iterable[str], file: Path | None) -> None:
    """Write a text to a file, or to standard output where there is none or it is "-".

    A file is replaced only when all is written. Raises ReadingListError where it cannot be.
    """
    if file is None or str(file) == "-":
        _print_pieces(pieces)
    else:
        _write_file(pieces, file)


def _print_pieces(pieces: Iterable[str]) -> None:
    to_terminal = listens("stdout")
    for piece in pieces:
        with output():
            sys.stdout.write(clean_text(piece) if to_terminal else piece)
    with output():
        sys.stdout.flush()


def _write_file(pieces: Iterable[str], file: Path) -> None:
    """Write beside the file, then put it in its place; a device or a pipe is written to as it is."""
    target = Path(os.path.realpath(file))
    special = target.exists() and not target.is_file()
    written = target if special else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            with written.open("w" if special else "x", encoding="utf-8", newline="\n") as stream:
                stream.writelines(pieces)
                stream.flush()
                if not special:
                    os.fsync(stream.fileno())
            if not special:
                written.replace(target)
        finally:
            if not special:
                written.unlink(missing_ok=True)
    except OSError as error:
        raise ReadingListError(f"{file}: cannot be written ({error.strerror or error}).") from error
