"""What doctor finds and mends."""

from __future__ import annotations

import os

import pytest

from readinglist.library import Finding, Library
from readinglist.paths import index_folder
from readinglist.store import driver
from readinglist.store.opening import DATABASE


def _finding(library: Library, check: str, *, repair: bool = False) -> Finding:
    return next(f for f in library.doctor(repair) if f.check == check and (not f.ok or f.repaired or not repair))


def test_a_sound_library_has_nothing_to_find(library: Library) -> None:
    library.wait_for_index()
    assert all(finding.ok and not finding.repaired for finding in library.doctor(repair=True))


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_a_database_that_others_can_read_is_told_of_and_closed_to_them(library: Library) -> None:
    file = library.folder / DATABASE
    file.chmod(0o644)
    assert any(f.check == "rights" and not f.ok and "644" in f.message for f in library.doctor())
    assert any(f.check == "rights" and f.repaired for f in library.doctor(repair=True))
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_flipped_byte_in_the_index_is_found_and_the_index_built_again(library: Library) -> None:
    library.wait_for_index()
    segment = max(index_folder(library.library_id, library.folder).iterdir(), key=lambda p: p.stat().st_size)
    damaged = bytearray(segment.read_bytes())
    middle = len(damaged) // 2
    for place in range(middle, middle + 200):  # more than the padding between two arrays
        damaged[place] ^= 1
    segment.write_bytes(damaged)
    assert not _finding(library, "index").ok
    assert _finding(library, "index", repair=True).repaired
    assert _finding(library, "index").ok
    assert library.search("cats").ids == [2]


def test_a_link_to_a_paper_that_is_not_there_is_found(library: Library) -> None:
    connection = driver.connect(library.folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO paper_tag (paper, tag) VALUES (99, 99)")
    connection.close()
    assert not _finding(library, "references").ok
