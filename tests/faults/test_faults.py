"""The fault programs, short: each has a long run of the same code."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(program: str, *arguments: object, timeout_s: float = 120) -> str:
    command = [sys.executable, str(HERE / program), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_no_kill_loses_what_was_told_or_leaves_anything_half_done() -> None:
    assert run("kills.py", 24, 5).endswith("0 wrong\n")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_no_failing_system_call_loses_anything() -> None:
    assert run("io_faults.py", 60).endswith(" 0 wrong\n")


@pytest.mark.parametrize("kind", ["notes", "library", "index"])
def test_no_flipped_bit_goes_unseen_or_takes_the_program_down(kind: str) -> None:
    assert run("flips.py", 20, 4, kind).endswith("0 wrong\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_no_kill_loses_more_than_two_seconds_of_typing() -> None:
    assert run("keystrokes.py", 2, 7).endswith("0 wrong\n")


def test_two_writers_lose_nothing() -> None:
    assert run("two_writers.py", 3).endswith("0 wrong\n")
