"""The settings file: read whatever is in it, changed without losing anything of it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.settings import Reading, Settings, read_settings, set_aside, write_settings

CHOSEN = Settings(
    theme="dark",
    font="Noto Sans",
    reader_font='A "quoted" \\ font',
    text_size=16,
    reader_text_size=21,
    density="compact",
    later="none",
    backup_folder="/somewhere/else",
    keys={"Star": ("Ctrl+S",), "Search": ("Ctrl+F", "/"), "Quit": ()},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def given(file: Path, text: str | bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_no_file_gives_the_usual_settings(file: Path) -> None:
    assert read_settings(file) == Reading(Settings())
    assert not file.parent.exists()


def test_every_setting_survives_a_round_trip(file: Path) -> None:
    write_settings(Settings(), CHOSEN, file)
    assert read_settings(file) == Reading(CHOSEN)


def test_a_new_file_names_and_explains_every_setting(file: Path) -> None:
    write_settings(Settings(), replace(Settings(), theme="dark"), file)
    text = file.read_text()
    assert set(tomllib.loads(text)) == {f.name for f in fields(Settings)}
    assert '# "system", "light" or "dark"\ntheme = "dark"\n' in text
    assert read_settings(file) == Reading(replace(Settings(), theme="dark"))


def test_only_what_was_changed_is_written(file: Path) -> None:
    before = """# mine
theme   =  "light" # for the sun
new_key = 1979-05-27

[panes]  # of a newer version
"left one" = [1, [2.5]]
[keys]
# saves my thumb
Star = 'x'
Archive = "a"  # unknown today
[[list]]
a = {}
"""
    given(file, before)
    was = read_settings(file).settings
    write_settings(was, replace(was, theme="dark", later="month", keys={**was.keys, "Star": ("Ctrl+S", "s")}), file)
    after = file.read_text()
    assert after == before.replace('"light"', '"dark"').replace("'x'", '["Ctrl+S", "s"]').replace(
        "new_key = 1979-05-27\n", 'new_key = 1979-05-27\nlater = "month"\n'
    )


def test_a_key_that_is_usual_again_leaves_the_file(file: Path) -> None:
    given(file, '[keys]\nStar = "x"\nQuit = []\n')
    was = read_settings(file).settings
    write_settings(was, replace(was, keys={"Quit": ()}), file)
    assert file.read_text() == "[keys]\nQuit = []\n"


def test_what_another_window_wrote_meanwhile_stays(file: Path) -> None:
    was = Settings()
    write_settings(was, replace(was, theme="dark"), file)
    write_settings(was, replace(was, density="compact"), file)
    assert read_settings(file).settings == replace(was, theme="dark", density="compact")


@pytest.mark.parametrize(
    "line",
    [
        'theme = "pink"',
        "theme = ['dark']",
        "text_size = 4",
        "text_size = true",
        "reader_text_size = 17.5",
        "later = 'year'",
        "font = 7",
        'density = "dense"',
        "keys = {Star = 1}",
        "keys = 3",
    ],
)
def test_a_senseless_value_is_left_out_and_named(line: str, file: Path) -> None:
    given(file, f'{line}\nbackup_folder = "b"\n')
    reading = read_settings(file)
    assert reading.settings == Settings(backup_folder="b")
    assert [line.split()[0] in problem and "makes no sense" in problem for problem in reading.problems] == [True]
    assert not reading.broken


BROKEN = [b"theme = ", b"\xff\xfe\x00", b"\0" * 10, b"x = " + b"[" * 5000, b"a = 1\na = 2", b"#" * 1_000_001]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_file_is_kept_when_a_choice_is_written(data: bytes, file: Path) -> None:
    given(file, data)
    (file.parent / "settings.damaged-1.toml").write_text("an earlier one")
    reading = read_settings(file)
    assert reading.settings == Settings()
    assert reading.broken
    assert "cannot be understood" in reading.problems[0]
    assert file.read_bytes() == data  # reading changes nothing
    kept = write_settings(Settings(), CHOSEN, file)
    assert kept == file.parent / "settings.damaged-2.toml"
    assert kept.read_bytes() == data
    assert read_settings(file) == Reading(CHOSEN)


def test_the_problem_says_where_it_is(file: Path) -> None:
    given(file, 'theme = "dark"\ndensity =\n')
    assert "line 2" in read_settings(file).problems[0]


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('theme = "dark"', encoding="utf-8-sig")
    assert read_settings(file).settings.theme == "dark"


def test_a_place_that_cannot_be_read_gives_the_usual_settings_and_is_left_alone(tmp_path: Path) -> None:
    reading = read_settings(tmp_path)
    assert reading.settings == Settings()
    assert "cannot be read" in reading.problems[0]
    with pytest.raises(ReadingListError, match="left alone"):
        write_settings(Settings(), CHOSEN, tmp_path)
    assert tmp_path.is_dir()


def test_a_place_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadingListError, match=r"The settings .* cannot be"):
        write_settings(Settings(), CHOSEN, tmp_path / "file" / "settings.toml")


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_to_a_file_kept_elsewhere_stays_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    kept.write_text("# mine\n")
    link.symlink_to(kept)
    write_settings(Settings(), replace(Settings(), theme="dark"), link)
    assert link.is_symlink()
    assert kept.read_text() == '# mine\ntheme = "dark"\n'


def test_a_file_is_put_aside_under_a_name_that_is_free(file: Path) -> None:
    given(file, "one")
    assert set_aside(file) == file.parent / "settings.damaged-1.toml"
    assert set_aside(file) is None
