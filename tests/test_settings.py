"""Settings come back as they were written, whatever else is in the file."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.settings import Settings, _toml, read_settings, write_settings


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_settings_survive_a_round_trip(tmp_path: Path) -> None:
    settings = Settings(
        theme="dark",
        list_font_px=16,
        density="compact",
        splitter_px=(224, 404, 812),
        sidebar_open=False,
        window="AdnQywADAAA=",
        view='tag:"a b"\\\n\x7f',
        keys={"actionStar": "Ctrl+S"},
    )
    write_settings(settings, tmp_path / "new" / "settings.toml")
    assert read_settings(tmp_path / "new" / "settings.toml") == settings


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\nnew_key = 1979-05-27\n[panes]\n"left one" = [1, [2.5]]\n[[list]]\na = {}\n')
    write_settings(replace(read_settings(file), theme="light"), file)
    after = tomllib.loads(file.read_text())
    assert after["theme"] == "light"
    assert after["new_key"] == date(1979, 5, 27)
    assert after["panes"] == {"left one": [1, [2.5]]}
    assert after["list"] == [{"a": {}}]


@pytest.mark.parametrize(
    "line",
    [
        'theme = "pink"',
        "theme = ['dark']",
        "list_font_px = 4",
        "list_font_px = true",
        "reader_font_px = 17.5",
        "splitter_px = [1, -2]",
        "splitter_px = 3",
        "sidebar_open = 1",
        "window = 7",
        "keys = {actionStar = 1}",
    ],
)
def test_senseless_value_is_left_out_and_logged(line: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'{line}\nview = "next"\n')
    assert read_settings(file) == Settings(view="next")
    assert "makes no sense" in caplog.text


@pytest.mark.parametrize(
    "data", [b"theme = ", b"\xff\xfe\x00", b"\0" * 10, b"x = " + b"[" * 5000, b"a = 1\na = 2", b"#" * 1_000_001]
)
def test_damaged_file_is_put_aside(data: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "settings.toml"
    (tmp_path / "settings.damaged-1.toml").write_text("an earlier one")
    file.write_bytes(data)
    with caplog.at_level(logging.ERROR):
        assert read_settings(file) == Settings()
    assert (tmp_path / "settings.damaged-2.toml").read_bytes() == data
    assert not file.exists()
    assert "settings.damaged-2.toml" in caplog.text


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('theme = "dark"', encoding="utf-8-sig")
    assert read_settings(tmp_path / "s.toml").theme == "dark"


def test_place_that_cannot_be_read_gives_the_defaults(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert read_settings(tmp_path) == Settings()
    assert "cannot be read" in caplog.text
    assert tmp_path.exists()


def test_place_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadingListError, match="The settings cannot be saved"):
        write_settings(Settings(), tmp_path / "file" / "settings.toml")


_values: st.SearchStrategy[Any] = st.recursive(
    st.text()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times().filter(lambda value: value.tzinfo is None)
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(_values)
def test_every_toml_value_is_written_as_it_reads(value: Any) -> None:
    assert tomllib.loads(f"x = {_toml(value)}")["x"] == value


def test_what_toml_cannot_hold_is_a_type_error() -> None:
    assert _toml([datetime(2026, 3, 11, tzinfo=UTC), time(9)]) == "[2026-03-11T00:00:00+00:00, 09:00:00]"
    with pytest.raises(TypeError):
        _toml(None)
