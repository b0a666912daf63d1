"""What the database reports, in words a reader understands."""

from __future__ import annotations

import os

from readinglist.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryReadOnly, ReadingListError
from readinglist.phrase import phrase
from readinglist.store import driver
from readinglist.store.files import FULL
from readinglist.text.clean import clean_line


def of_writing(error: driver.DatabaseError) -> ReadingListError:
    """Return what kept something from being written."""
    if driver.is_busy(error):
        return LibraryBusy("Another program is writing to the library and has not finished; try again in a moment.")
    if driver.is_full(error):
        return DiskFull("The disk is full: nothing was changed. Make room and try again.")
    if driver.is_read_only(error):
        return LibraryReadOnly("The library cannot be written: its folder or disk is read-only.")
    return ReadingListError(phrase("The library could not be written ({error}); nothing was changed.", error=error))


def in_plain_words(error: BaseException) -> ReadingListError | None:
    """Return what an error of the database or of a file means to a reader, or None when it is another.

    A disk that turns bits over makes a database raise nearly anything when it is read.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return _of_files(error)
    if not isinstance(error, driver.DatabaseError):
        return None
    if driver.is_busy(error) or driver.is_full(error):
        return of_writing(error)
    if driver.is_failing(error):
        return ReadingListError(
            phrase("The disk does not let the library be read or written ({error}). Look after the disk.", error=error)
        )
    return LibraryDamaged.by(error)


def _of_files(error: OSError) -> ReadingListError:
    if error.errno in FULL:
        return DiskFull(
            phrase("The disk is full: {file} could not be written. Make room and try again.", file=_name(error))
        )
    return ReadingListError(
        phrase("{file} could not be read or written: {reason}.", file=_name(error), reason=error.strerror or "?")
    )


def _name(error: OSError) -> str:
    return phrase("a file") if error.filename is None else clean_line(os.fsdecode(error.filename))
