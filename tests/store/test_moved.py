"""A library whose file is deleted, moved or replaced while it is open is written to no more, and says so."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.errors import LibraryMoved
from readinglist.formats.source import Source
from readinglist.library import Library
from readinglist.store.restoring import DATABASE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _move(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def _replace(folder: Path) -> None:
    shutil.copy(folder / DATABASE, folder / "copy")
    (folder / "copy").replace(folder / DATABASE)


@pytest.mark.parametrize("harm", [_delete, _move, _replace])
def test_nothing_is_told_as_saved_that_would_be_lost(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        library.write_note(1, "before")
        harm(folder)
        with pytest.raises(LibraryMoved, match="not in its place"):
            library.write_note(1, "after")
        with pytest.raises(LibraryMoved):
            library.changed_elsewhere()
        with pytest.raises(LibraryMoved):
            library.import_([Source("b.json", data=b'[{"title": "Two"}]')])
    for left in (folder, tmp_path / "moved"):
        if left.exists():
            with Library.open(left) as library:
                assert library.paper(1).note == "before"


def test_a_library_that_is_put_back_is_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        _move(folder)
        with pytest.raises(LibraryMoved):
            library.write_note(1, "after")
        (tmp_path / "moved").rename(folder)
        library.write_note(1, "after")
        library.changed_elsewhere()
    with Library.open(folder) as library:
        assert library.paper(1).note == "after"
