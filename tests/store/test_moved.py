"""A library whose file is deleted, moved or replaced while it is open is written to no more, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import LibraryMoved
from readinglist.formats.source import Source
from readinglist.library import Library, rescue
from readinglist.store import place
from readinglist.store.restoring import DATABASE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _move(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def _replace(folder: Path) -> None:
    shutil.copy(folder / DATABASE, folder / "copy")
    (folder / "copy").replace(folder / DATABASE)


_WRITE_AND_DIE = """
import os, sys
from pathlib import Path
from readinglist.library import Library
folder = Path(sys.argv[1])
library = Library.open(folder)
library.write_note(1, "before")
for name in sys.argv[2:]:
    (folder / name).unlink()
library.write_note(1, "before and after")
os._exit(0)  # as a crash: nothing is closed
"""


@pytest.mark.parametrize("gone", [["library.db-wal"], ["library.db-wal", "library.db-shm"]], ids=len)
def test_what_is_saved_after_the_file_of_changes_was_taken_away_outlives_a_crash(
    tmp_path: Path, gone: list[str]
) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
    subprocess.run([sys.executable, "-c", _WRITE_AND_DIE, str(folder), *gone], check=True)
    with Library.open(folder) as library:
        assert library.paper(1).note == "before and after"
        assert all(finding.ok for finding in library.doctor())


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


@pytest.mark.parametrize("harm", [_delete, _move, _replace])
def test_what_was_in_it_can_be_kept_while_it_is_open(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        library.write_note(1, "told as saved")
        harm(folder)
        with pytest.raises(LibraryMoved):
            library.back_up()
        copy = library.keep_copy()
    rescue.recover(tmp_path / "again", copy)
    with Library.open(tmp_path / "again") as library:
        assert library.paper(1).note == "told as saved"
    copy.unlink()


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


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have files get new numbers whenever this is called, as on drives that keep none."""
    stat, numbers = os.stat, [0]

    def numbered(path: Any, *arguments: Any, **named: Any) -> os.stat_result:
        found = stat(path, *arguments, **named)
        return os.stat_result((found[0], found[1] + numbers[0], *found[2:]))

    monkeypatch.setattr(os, "stat", numbered)

    def renumber() -> None:
        numbers[0] += 1_000_000

    return renumber


def test_a_file_that_only_has_another_number_is_written_on(tmp_path: Path, restless: Callable[[], None]) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        for text in ("first", "second"):
            restless()
            library.changed_elsewhere()
            restless()
            library.write_note(1, text)
        restless()
        library.back_up()
        restless()
        library.write_note(1, "third")
    with Library.open(folder) as library:
        assert library.paper(1).note == "third"


@pytest.mark.parametrize("harm", [_delete, _move, _replace])
def test_where_numbers_do_not_last_a_file_that_is_gone_is_noticed_all_the_same(
    tmp_path: Path, restless: Callable[[], None], harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        restless()
        library.write_note(1, "before")
        harm(folder)
        for _ in range(2):
            restless()
            with pytest.raises(LibraryMoved):
                library.write_note(1, "after")


def test_while_another_program_has_it_open_nothing_is_taken_for_granted(
    tmp_path: Path, restless: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.import_([Source("a.json", data=b'[{"title": "One"}]')])
        monkeypatch.setattr(place, "_holder", lambda _file: 1)
        restless()
        with pytest.raises(LibraryMoved):
            library.write_note(1, "one")
        monkeypatch.undo()
        monkeypatch.setattr(place, "_AGAIN_S", 0.0)
        library.write_note(1, "two")
