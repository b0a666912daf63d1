"""What the database reports, in words a reader understands."""

from __future__ import annotations

from readinglist.errors import LibraryBusy, LibraryDamaged, LibraryReadOnly, ReadingListError
from readinglist.phrase import phrase
from readinglist.store import driver


def of_writing(error: driver.OperationalError) -> ReadingListError:
    """Return what kept something from being written."""
    if driver.is_busy(error):
        return LibraryBusy("Another program is writing to the library and has not finished; try again in a moment.")
    if driver.is_full(error):
        return ReadingListError("The disk is full: nothing was changed. Make room and try again.")
    if driver.is_read_only(error):
        return LibraryReadOnly("The library cannot be written: its folder or disk is read-only.")
    return ReadingListError(phrase("The library could not be written ({error}); nothing was changed.", error=error))


def in_plain_words(error: BaseException) -> ReadingListError | None:
    """Return what an error of the database means to a reader, or None when it is no error of the database.

    A disk that turns bits over makes a database raise nearly anything when it is read.
    """
    if not isinstance(error, driver.DatabaseError):
        return None
    if isinstance(error, driver.OperationalError) and driver.is_busy(error):
        return of_writing(error)
    return LibraryDamaged.by(error)
