"""What doctor finds and mends."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import NoRight, ReadingListError
from readinglist.library import Finding, Library, rescue
from readinglist.library.synchronised import synchronised_by
from readinglist.paper import Author, PaperId
from readinglist.paths import index_folder
from readinglist.store import driver, outbox
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import SCHEMA_VERSION


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


def test_an_index_of_as_many_but_other_papers_is_found_and_built_again(library: Library) -> None:
    library.wait_for_index()
    _damage(library, "UPDATE sqlite_sequence SET seq = 9 WHERE name = 'paper'")
    _damage(library, "UPDATE paper SET id = 9 WHERE id = 3")
    assert "does not agree" in _finding(library, "index").message
    assert _finding(library, "index", repair=True).repaired
    assert library.search("sparse").ids == [9]


def test_a_link_to_a_paper_that_is_not_there_is_found(library: Library) -> None:
    connection = driver.connect(library.folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO paper_tag (paper, tag) VALUES (99, 99)")
    connection.close()
    assert not _finding(library, "references").ok


def _damage(library: Library, statement: str, *values: object) -> None:
    connection = driver.connect(library.folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement, values)
    connection.close()


def test_what_points_at_nothing_is_removed_after_a_backup(library: Library) -> None:
    _damage(library, "INSERT INTO paper_tag (paper, tag) VALUES (99, 99)")
    finding = _finding(library, "references", repair=True)
    assert finding.repaired
    assert [backup.reason for backup in library.backups()] == ["repair"]
    assert _finding(library, "references").ok


def test_what_only_mentions_nothing_lets_go_of_it_and_stays(library: Library) -> None:
    library.star([1])
    _damage(library, "UPDATE entry SET reverses = 99 WHERE label = 'Star'")
    assert "1 × entry of the history" in _finding(library, "references").message
    assert _finding(library, "references", repair=True).repaired
    assert library.history()[0].label == "Star"
    assert _finding(library, "references").ok


@pytest.mark.parametrize("damaged", [b"Gobd note.", b"Good\xffnote.", b""])
def test_a_note_with_a_flipped_byte_is_found_and_put_back_from_the_history(library: Library, damaged: bytes) -> None:
    library.write_note(2, "Good note.")
    _damage(library, "UPDATE paper SET note = CAST(? AS TEXT) WHERE id = 2", damaged)
    finding = _finding(library, "notes")
    assert not finding.ok
    assert "paper 2" in finding.message
    assert library.paper(2).title  # and can be looked at
    assert _finding(library, "notes", repair=True).repaired
    assert library.paper(2).note == "Good note."
    assert _finding(library, "notes").ok


def test_a_note_that_history_does_not_have_comes_from_a_backup(library: Library) -> None:
    library.write_note(2, "Good note.")
    library.back_up()
    _damage(library, "DELETE FROM change WHERE field = 'note'")
    _damage(library, "UPDATE paper SET note = 'Gobd note.' WHERE id = 2")
    assert _finding(library, "notes", repair=True).repaired
    assert library.paper(2).note == "Good note."


@pytest.mark.parametrize(
    ("column", "damaged"),
    [
        ("authors", b'[["Ada Bo","Bo"]'),
        ("links", b'{"code"}'),
        ("extra", b"[1]"),
        ("status", b"inbnx"),
        ("title", b"Positional b\xe9as of cats"),
        ("abstract", b"Cats prefer \xff"),
        ("doi", b"\xff"),
        ("year", b"MMXX"),
    ],
)
def test_a_field_that_cannot_be_read_is_found_and_put_back_from_a_backup(
    library: Library, column: str, damaged: bytes
) -> None:
    library.correct([2], authors=(Author("Ada Bo", "Bo"),), doi="10.1000/cats", abstract="Cats prefer boxes.")
    library.move([2], "next")
    before = library.paper(2)
    library.back_up()
    _damage(library, f"UPDATE paper SET {column} = CAST(? AS TEXT) WHERE id = 2", damaged)
    finding = _finding(library, "papers")
    assert not finding.ok
    assert f"paper 2 ({column})" in finding.message
    assert [paper.id for paper in library.papers([1, 2, 3])] == [1, 2, 3]  # and all others can be seen
    assert _finding(library, "papers", repair=True).repaired
    assert all(found.ok for found in library.doctor())
    after = library.paper(2)
    assert replace(after, changed="", order_key=None, position=None) == replace(
        before, changed="", order_key=None, position=None
    )
    assert library.search("cats").ids == [2]


def test_a_field_that_no_backup_has_is_kept_as_far_as_it_can_be_read(library: Library) -> None:
    _damage(library, "UPDATE paper SET title = CAST(? AS TEXT), authors = '[' WHERE id = 2", b"Positional b\xe9as")
    assert "look through" in _finding(library, "papers", repair=True).message
    assert (library.paper(2).title, library.paper(2).authors) == ("Positional b\ufffdas", ())
    assert all(found.ok for found in library.doctor())


@pytest.mark.parametrize(
    ("definition", "damaged"),
    [("sqlite_sequence(name,seq)", "sqlite_sequence(name,seu)"), ("DEFAULT 'inbox'", "DEFAULT 'inbnx'")],
)
def test_a_damaged_definition_of_a_table_is_found_and_a_backup_put_back(
    library: Library, definition: str, damaged: str
) -> None:
    """SQLite's own check says ok."""
    library.back_up()
    library.close()
    database = library.folder / DATABASE
    content = database.read_bytes()
    assert definition.encode() in content
    database.write_bytes(content.replace(definition.encode(), damaged.encode()))
    with Library.open(library.folder) as again:
        finding = again.doctor()[0]
    assert (finding.check, finding.ok) == ("database", False)
    assert "are not what they were" in finding.message
    assert rescue.repair(library.folder)[0].repaired
    with Library.open(library.folder) as again:
        assert again.doctor()[0].ok


def test_a_note_comes_from_a_backup_in_another_folder_too(library: Library, tmp_path: Path) -> None:
    library.write_note(2, "Good note.")
    library.back_up(folder=tmp_path / "elsewhere")
    _damage(library, "DELETE FROM change WHERE field = 'note'")
    _damage(library, "UPDATE paper SET note = 'Gobd note.' WHERE id = 2")
    library.doctor(repair=True, folder=tmp_path / "elsewhere")
    assert library.paper(2).note == "Good note."


def test_a_stale_wal_is_told_of_with_the_place_where_it_is_kept(library: Library) -> None:
    library.back_up()
    library.close()
    (backup,) = (library.folder / "backups").iterdir()
    (library.folder / DATABASE).write_bytes(backup.read_bytes())
    (library.folder / f"{DATABASE}-wal").write_bytes(b"of another database" * 100)
    with Library.open(library.folder) as again:
        finding = _finding(again, "wal")
        assert (finding.ok, finding.repaired) == (True, True)
        (kept,) = (library.folder / "replaced").glob("*/*-wal")
        assert str(kept.parent) in finding.message
    with Library.open(library.folder) as again:
        assert not [finding for finding in again.doctor() if finding.check == "wal"]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_rights_that_were_put_right_on_opening_are_told_of(library: Library) -> None:
    library.close()
    library.folder.chmod(0o755)
    with Library.open(library.folder) as again:
        assert "could be read by others" in _finding(again, "rights", repair=True).message
    assert library.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_a_library_that_its_owner_may_not_write_gets_its_rights_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.wait_for_index()
    library.close()
    database = library.folder / DATABASE
    database.chmod(0o400)
    (library.folder / "library.lock").chmod(0o400)
    monkeypatch.setattr(os, "access", lambda _path, how: not how & os.W_OK)  # whoever runs the tests
    with Library.open(library.folder) as again:
        finding = next(f for f in again.doctor() if f.check == "rights" and not f.ok)
        assert finding.repair == "gives you the right to write it"
        assert _finding(again, "rights", repair=True).repaired
    assert database.stat().st_mode & 0o777 == 0o600
    assert (library.folder / "library.lock").stat().st_mode & 0o777 == 0o600


def test_a_note_that_is_nowhere_whole_is_kept_and_told_of(library: Library) -> None:
    library.write_note(2, "Good note.")
    _damage(library, "DELETE FROM change WHERE field = 'note'")
    _damage(library, "UPDATE paper SET note = 'Gobd note.' WHERE id = 2")
    assert "look through it" in _finding(library, "notes", repair=True).message
    assert library.paper(2).note == "Gobd note."
    assert _finding(library, "notes").ok


def test_a_damaged_revision_is_told_of(library: Library) -> None:
    library.write_note(2, "Good note.")
    _damage(library, "UPDATE change SET after = '\"Bad note.\"' WHERE field = 'note'")
    assert not _finding(library, "history").ok
    assert _finding(library, "notes").ok


def test_a_file_mixed_from_two_is_found(library: Library) -> None:
    _damage(library, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'paper'")
    finding = _finding(library, "database")
    assert "mixed" in finding.message


def test_an_outbox_that_does_not_drain_is_found_and_mended(library: Library) -> None:
    library.star([1])
    library.write_note(1, "More.")
    library.wait_for_index()
    _damage(library, "INSERT INTO outbox (seq, paper) VALUES (1, 1)")
    assert "in vain" in _finding(library, "index").message
    assert _finding(library, "index", repair=True).repaired
    assert library.pending() == 0


def test_an_index_that_another_process_is_writing_is_not_mistaken_for_a_wrong_one(
    library: Library, reopened: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has committed the index and not yet let go of the rows of the outbox."""
    library.wait_for_index()
    library.write_note(1, "A note to be taken in.")
    found: list[Finding] = []
    forget = outbox.forget

    def look_first(connection: driver.Connection, last: int) -> None:
        found.extend(reopened.doctor())
        forget(connection, last)

    monkeypatch.setattr(outbox, "forget", look_first)
    library.update_index()
    assert [finding.message for finding in found if not finding.ok] == []
    assert next(f for f in found if f.check == "index").message == "1 paper still to be taken into the search index."


@pytest.mark.parametrize(
    "parts", ["Dropbox/papers", "OneDrive - Example/x", "Nextcloud/a/b", "Mobile Documents/x", "iCloudDrive/x"]
)
def test_a_folder_that_is_synchronised_is_told_of(tmp_path: Path, parts: str) -> None:
    with Library.open(tmp_path / parts) as library:
        finding = next(f for f in library.doctor() if f.check == "place")
    assert not finding.ok
    assert "Move it elsewhere" in finding.message


def test_a_folder_that_only_sounds_like_it_is_not(tmp_path: Path) -> None:
    assert synchronised_by(tmp_path / "dropboxes" / "on edrive") is None


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0123456789ab.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.driveupload", "Google Drive"),
        (".megaignore", "MEGA"),
    ],
)
def test_a_folder_of_another_name_is_known_by_what_the_program_keeps_in_it(
    tmp_path: Path, mark: str, service: str
) -> None:
    (tmp_path / mark).mkdir()
    assert synchronised_by(tmp_path / "a" / "b") == service


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "papers").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox" / "papers")
    assert synchronised_by(tmp_path / "link") == "Dropbox"


@pytest.fixture
def newer_program(library: Library) -> Iterator[Library]:
    """The library as a program sees it that is older than it, and has never indexed it."""
    library.wait_for_index()
    library.close()
    shutil.rmtree(index_folder(library.library_id, library.folder))
    with closing(connect(library.folder / DATABASE)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with Library.open(library.folder) as old:
        assert old.read_only
        yield old


def test_a_library_that_cannot_be_written_is_searched_before_it_has_an_index(newer_program: Library) -> None:
    assert newer_program.search("cats").ids == [2]
    assert newer_program.search("weather -cats").ids == [1]
    assert newer_program.pending() == 3


def test_an_index_made_by_another_process_ends_the_wait_for_it(newer_program: Library) -> None:
    assert newer_program.pending() == 3
    with Library.open(newer_program.folder) as other:
        other.wait_for_index()
    assert newer_program.pending() == 0
    assert newer_program.search("cats").ids == [2]


def test_what_waited_when_a_library_became_read_only_is_found(library: Library) -> None:
    library.wait_for_index()
    library.correct([2], title="On dogs, of all things")
    library.close()
    with closing(connect(library.folder / DATABASE)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with Library.open(library.folder) as old:
        assert old.search("dogs").ids == [2]


def test_a_library_that_can_only_be_read_keeps_its_index_and_is_not_called_wrong(newer_program: Library) -> None:
    assert all(finding.ok for finding in newer_program.doctor() if finding.check == "index")
    newer_program.update_index()
    newer_program.close()
    with closing(connect(newer_program.folder / DATABASE)) as connection:  # what waited when it became so
        connection.execute("INSERT INTO outbox (paper) VALUES (1)")
        connection.execute("UPDATE outbox SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'outbox')")
    index = index_folder(newer_program.library_id, newer_program.folder)
    with Library.open(newer_program.folder) as first:
        first.update_index()
    made = {path.name for path in index.iterdir()}
    with Library.open(newer_program.folder) as again:
        assert again.search("cats").ids == [2]
        assert all(finding.ok for finding in again.doctor() if finding.check == "index")
    assert {path.name for path in index.iterdir()} == made


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Files and folders that nobody may read, whoever runs the tests; `chmod` takes them out."""
    paths: set[Path] = set()
    access, listed, opened, chmod = os.access, Path.iterdir, Path.open, Path.chmod

    def refuse(path: Path) -> None:
        if paths & {path, *path.parents}:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def refusing(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *arguments: Any, **named: Any) -> Any:
            refuse(path)
            return original(path, *arguments, **named)

        return call

    def unlocking(path: Path, mode: int) -> None:
        chmod(path, mode)
        paths.discard(path)

    monkeypatch.setattr(os, "access", lambda path, how: not paths & {path, *Path(path).parents} and access(path, how))
    monkeypatch.setattr(Path, "iterdir", refusing(listed))
    monkeypatch.setattr(Path, "open", refusing(opened))
    monkeypatch.setattr(Path, "chmod", unlocking)
    return paths


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_a_folder_of_backups_that_may_not_be_read_keeps_nothing_else_from_being_checked(
    library: Library, locked: set[Path], tmp_path: Path
) -> None:
    library.back_up(reason="time")
    for place, chosen in ((library.folder / "backups", None), (elsewhere := tmp_path / "elsewhere", elsewhere)):
        place.mkdir(exist_ok=True)
        place.chmod(0)
        locked.add(place)
        findings = library.doctor(folder=chosen)
        (wrong,) = [f for f in findings if not f.ok]
        assert (wrong.check, wrong.repair) == ("backups", "gives you the right to write it")
        assert str(place) in wrong.message
        assert any(f.repaired and f.check == "backups" for f in library.doctor(repair=True, folder=chosen))
        assert place.stat().st_mode & 0o700 == 0o700
        assert all(f.ok for f in library.doctor(folder=chosen))


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_folder_of_backups_that_cannot_be_is_told_of(library: Library, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    assert [f.check for f in library.doctor(repair=True, folder=place) if not f.ok] == ["backups"]
    assert library.backups(place) == []
    with pytest.raises(ReadingListError, match="No backup can be made"):
        library.back_up(folder=place)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
@pytest.mark.parametrize("name", ["", DATABASE])
def test_what_may_not_be_read_gets_its_rights_back_and_no_older_backup_takes_its_place(
    library: Library, locked: set[Path], name: str
) -> None:
    library.back_up()
    library.write_note(1, "Written since.")
    library.close()
    place = library.folder / name
    place.chmod(0)
    locked.add(place)
    with pytest.raises(NoRight, match="no right to read"):
        Library.open(library.folder)
    (finding,) = rescue.examine(library.folder)
    assert (finding.check, finding.ok, finding.repair) == ("rights", False, "gives it back to you")
    (finding,) = rescue.repair(library.folder)
    assert finding.repaired
    with Library.open(library.folder) as again:
        assert again.paper(PaperId(1)).note == "Written since."
    assert not (library.folder / "replaced").exists()
