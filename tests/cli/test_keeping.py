"""`backup`, `backups`, `recover`, and `doctor` on a library that does not open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.paths import settings_file

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_a_backup_is_made_listed_and_put_back(commands: Commands) -> None:
    made = commands.data("backup")
    assert (made["papers"], made["reason"]) == (5, "manual")
    commands.done("remove", 1)
    assert [b["path"] for b in commands.data("backups")] == [made["path"]]
    assert commands.data("recover", made["path"])["papers"] == 5
    assert len(commands.found()) == 5
    assert "kept in" in commands.done("recover", Path(made["path"]).name)


def test_backups_are_listed_for_people(commands: Commands) -> None:
    assert commands.done("backups").startswith("There are no backups yet")
    commands.done("backup")
    assert "5 papers" in commands.done("backups")


def test_a_backup_goes_to_a_file_that_is_not_there_yet(commands: Commands, tmp_path: Path) -> None:
    assert "5 papers" in commands.done("backup", tmp_path / "mine.db")
    result = commands.run("backup", tmp_path / "mine.db")
    assert (result.exit_code, "already" in result.stderr) == (1, True)


def test_doctor_tells_of_a_library_that_does_not_open_and_repairs_it(commands: Commands) -> None:
    commands.done("backup")
    (commands.folder / "library.db").write_bytes(b"")
    result = commands.run("doctor")
    assert result.exit_code == 1
    assert "is empty" in result.stdout
    assert commands.data("doctor", "--repair")[0]["repaired"] is True
    assert len(commands.found()) == 5


def test_a_damaged_database_that_still_opens_is_put_right(commands: Commands) -> None:
    commands.done("backup")
    database = commands.folder / "library.db"
    content = bytearray(database.read_bytes())
    content[-8192:] = bytes(8192)
    database.write_bytes(content)
    assert commands.run("doctor").exit_code == 1
    assert commands.data("doctor", "--repair")[0]["repaired"] is True
    assert commands.run("doctor").exit_code == 0


def test_wrong_calls_are_told_of_plainly(commands: Commands, tmp_path: Path, other: Commands) -> None:
    assert commands.run("recover", tmp_path / "nothing.db").exit_code == 1
    (tmp_path / "text.db").write_text("no database at all")
    result = commands.run("recover", tmp_path / "text.db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert other.run("backups").exit_code == 1


def test_backups_go_to_the_folder_of_the_settings_each_library_s_apart(
    commands: Commands, other: Commands, page: str, tmp_path: Path
) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(f"backup_folder = {str(tmp_path / 'safe')!r}\n")
    other.done("import", "-", stdin=page)
    here, there = Path(commands.data("backup")["path"]), Path(other.data("backup")["path"])
    assert here.parent.parent == there.parent.parent == tmp_path / "safe"
    assert here.parent != there.parent
    assert [b["path"] for b in commands.data("backups")] == [str(here)]
    commands.done("remove", 1)
    (commands.folder / "library.db").write_bytes(b"")  # a library that does not open still finds them
    assert [b["path"] for b in commands.data("backups")] == [str(here)]
    assert commands.data("recover", here.name)["papers"] == 5
