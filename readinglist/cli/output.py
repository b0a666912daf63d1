"""Write what a command makes to standard output or to a file. Knows nothing of what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from readinglist.cli.terminal import listens, output
from readinglist.errors import ReadingListError
from readinglist.paths import write_whole
from readinglist.text.clean import clean_text


def write_pieces(pieces: Iterable[str], file: Path | None) -> None:
    """Write a text to a file, or to standard output where there is none or it is "-".

    A file is replaced only when all is written. Raises ReadingListError where it cannot be.
    """
    if file is None or str(file) == "-":
        _print_pieces(pieces)
        return
    try:
        write_whole(file, pieces)
    except OSError as error:
        raise ReadingListError(f"{file}: cannot be written ({error.strerror or error}).") from error


def _print_pieces(pieces: Iterable[str]) -> None:
    to_terminal = listens("stdout")
    for piece in pieces:
        with output():
            sys.stdout.write(clean_text(piece) if to_terminal else piece)
    with output():
        sys.stdout.flush()
