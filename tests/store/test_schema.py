"""Every schema there has been opens and becomes today's, with all that was in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from readinglist.errors import DiskFull
from readinglist.library import Library
from readinglist.store import driver, opening
from readinglist.store.schema import SCHEMA_VERSION, migrate

DUMPS = Path(__file__).with_name("schemas")


def library_of_schema(version: int, folder: Path) -> Path:
    folder.mkdir()
    connection = sqlite3.connect(folder / "library.db")
    connection.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    return folder


def schema(path: Path) -> set[tuple[str, str, str]]:
    connection = sqlite3.connect(path / "library.db")
    try:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}
    finally:
        connection.close()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_an_older_library_opens_with_all_that_was_in_it(version: int, tmp_path: Path) -> None:
    folder = library_of_schema(version, tmp_path / "old")
    with Library.open(folder) as library:
        one, two = library.papers([1, 2])
        assert (one.title, one.starred, one.tags, one.doi) == (
            "Schema one and all",
            True,
            frozenset({"old/times"}),
            "10.1000/one",
        )
        assert [(h.quote, h.start) for h in one.highlights] == [("first schema", 17)]
        assert (two.note, two.status, two.position) == ("A note of old.", "next", 1)
        assert [search.name for search in library.searches()] == ["starred"]
        assert library.search("schema").ids == [1]
        library.undo()
        assert all(finding.ok for finding in library.doctor())


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_an_older_library_has_the_tables_of_a_new_one_afterwards(version: int, tmp_path: Path) -> None:
    old = library_of_schema(version, tmp_path / "old")
    for folder in (old, tmp_path / "new"):
        Library.open(folder).close()
    assert schema(old) == schema(tmp_path / "new")


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_migration_that_was_interrupted_is_done_at_the_next_opening(version: int, tmp_path: Path) -> None:
    folder = library_of_schema(version, tmp_path / "old")
    connection = sqlite3.connect(folder / "library.db")
    migrate(connection)
    connection.execute(f"PRAGMA user_version = {version}")  # as if killed between the two
    connection.close()
    with Library.open(folder) as library:
        assert library.paper(1).title == "Schema one and all"
    Library.open(tmp_path / "new").close()
    assert schema(folder) == schema(tmp_path / "new")


def test_a_disk_that_fills_up_during_an_upgrade_is_not_called_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library_of_schema(1, tmp_path / "old")

    def fill_up(_connection: driver.Connection) -> None:
        raise driver.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(opening, "migrate", fill_up)
        with pytest.raises(DiskFull, match="Make room"):
            Library.open(folder)
    with Library.open(folder) as library:
        assert library.paper(1).title == "Schema one and all"
        assert [backup.reason for backup in library.backups()] == ["upgrade", "upgrade"]
