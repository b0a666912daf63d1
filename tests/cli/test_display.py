"""Whether there is a display for the window."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from readinglist.cli.display import why_no_display
from readinglist.cli.program import program

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")


def test_without_a_display_the_reason_is_told() -> None:
    assert "no display" in (why_no_display({}) or "")
    assert "no display" in (why_no_display({"QT_QPA_PLATFORM": "xcb"}) or "")


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "wayland;offscreen"])
def test_a_platform_that_needs_no_display_is_left_to_qt(platform: str) -> None:
    assert why_no_display({"QT_QPA_PLATFORM": platform}) is None


def test_a_display_that_does_not_answer_is_none(tmp_path: Path) -> None:
    assert "does not answer" in (why_no_display({"DISPLAY": ":987"}) or "")
    assert "does not answer" in (
        why_no_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}) or ""
    )


def test_a_wayland_display_that_answers_is_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        assert why_no_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}) is None
        assert why_no_display({"WAYLAND_DISPLAY": str(tmp_path / "wayland-9")}) is None


def test_without_a_display_the_commands_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "library"
    result = CliRunner().invoke(program, ["--library", str(folder)])
    assert result.exit_code == 1
    assert result.stderr.startswith("readinglist: the window cannot be opened")
    assert "import" in result.stderr
    assert not folder.exists()
