"""Places are the user's to choose, and the id of an installation lasts."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist import paths


def test_variable_names_the_default_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_LIBRARY", str(tmp_path / "mine"))
    assert paths.default_library() == tmp_path / "mine"
    monkeypatch.setenv("READINGLIST_LIBRARY", "~/mine")
    assert paths.default_library() == Path.home() / "mine"


def test_relative_variable_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "~nobody-of-this-name/mine"):
        monkeypatch.setenv("READINGLIST_LIBRARY", name)
        assert paths.default_library() == tmp_path / name


@pytest.mark.skipif(os.name != "posix", reason="XDG variables are a matter of Unix")
def test_folders_follow_xdg_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READINGLIST_LIBRARY", raising=False)
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    assert paths.default_library() == tmp_path / "DATA/readinglist/library"
    assert paths.cache_folder() == tmp_path / "CACHE/readinglist"
    assert paths.settings_file() == tmp_path / "CONFIG/readinglist/settings.toml"
    assert paths.log_folder().is_relative_to(tmp_path / "STATE/readinglist")


def test_index_lies_in_the_cache_by_library_and_place(tmp_path: Path) -> None:
    folder = paths.index_folder("some-id", tmp_path)
    assert folder.is_relative_to(paths.cache_folder())
    assert folder == paths.index_folder("some-id", tmp_path / "x" / "..")
    assert folder != paths.index_folder("some-id", tmp_path / "copy")
    assert folder != paths.index_folder("other-id", tmp_path)


@pytest.mark.parametrize("library_id", ["../../elsewhere", "/etc", "a\0b", "", "x" * 500])
def test_odd_library_id_stays_in_the_cache(library_id: str, tmp_path: Path) -> None:
    folder = paths.index_folder(library_id, tmp_path)
    assert folder.parent == paths.cache_folder() / "index"
    assert len(folder.name) < 100


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "config")
    return tmp_path / "config"


def _as_a_new_run() -> str:
    paths._installation_id.cache_clear()
    return paths.installation_id()


def test_installation_id_is_a_uuid_that_lasts(config: Path) -> None:
    first = _as_a_new_run()
    assert str(uuid.UUID(first)) == first
    assert _as_a_new_run() == first
    assert [file.name for file in config.iterdir()] == ["installation-id"]


def test_damaged_installation_id_is_replaced(config: Path) -> None:
    config.mkdir()
    (config / "installation-id").write_bytes(b"\xff no id")
    assert _as_a_new_run() == _as_a_new_run()


def test_installation_id_that_cannot_be_kept_holds_for_the_run(config: Path) -> None:
    config.write_text("a file where the folder should be")
    first = _as_a_new_run()
    assert paths.installation_id() == first
    assert _as_a_new_run() != first


def test_replaced_file_is_whole_and_private(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file"
    paths.replace_file(file, b"old")
    paths.replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_failed_replacement_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    paths.replace_file(file, b"old")

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        paths.replace_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_text_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "papers.json"
    file.write_text("before")

    def broken() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        paths.write_whole(file, broken())
    assert file.read_text() == "before"
    paths.write_whole(file, ["after", "\n"])
    assert file.read_bytes() == b"after\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name != "posix", reason="rights and links are POSIX's")
def test_what_is_replaced_keeps_its_rights_and_a_link_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "private.json"
    file.write_text("before")
    file.chmod(0o600)
    link = tmp_path / "link.json"
    link.symlink_to(file)
    paths.write_whole(link, ["after"])
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("after", 0o600)


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
def test_no_link_that_was_laid_out_beside_a_file_is_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in (".papers.json.part", f".papers.json.{os.getpid()}.part"):
        (tmp_path / name).symlink_to(victim)
    paths.write_whole(tmp_path / "papers.json", ["papers"])
    assert victim.read_text() == "mine"
