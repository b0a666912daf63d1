"""The fault programs, short: each has a long run of the same code. Together about a minute.

The state machine has its short run in `tests/library/test_machine.py`, the fuzzers and the window's monkey elsewhere.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def started(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / program), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str], timeout_s: float = 900) -> str:
    with process:
        try:
            said, errors = process.communicate(timeout=timeout_s)
        except BaseException:
            process.kill()
            raise
    assert process.returncode == 0, said[-3000:] + errors[-3000:]
    return said


def run(program: str, *arguments: object) -> str:
    return ended(started(program, *arguments))


@pytest.fixture(scope="module", autouse=True)
def writers() -> Iterator[subprocess.Popen[str]]:
    """Two writers, who wait for each other and the disk most of the time, beside all other tests here."""
    process = started("two_writers.py", 20, 1, 0.01)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):  # open still where the test of the two was not chosen
        if pipe is not None:
            pipe.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_no_kill_loses_what_was_told_or_leaves_anything_half_done() -> None:
    assert run("kills.py", 60, 5).endswith("0 wrong\n")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_no_failing_system_call_loses_anything() -> None:
    assert run("io_faults.py", 10).endswith(" 0 wrong\n")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_everything_goes_down_to_the_disk_before_it_gets_its_name() -> None:
    assert run("power_cut.py").endswith("\n0 wrong\n")


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk in memory")
def test_no_full_disk_loses_anything() -> None:
    said = run("full_disk.py", 24)
    if said.startswith("skipped"):
        pytest.skip(said)
    assert said.endswith(" 0 wrong\n")


@pytest.mark.parametrize("kind", ["notes", "library", "index"])
def test_no_flipped_bit_goes_unseen_or_takes_the_program_down(kind: str) -> None:
    assert run("flips.py", 100, 4, kind).endswith("0 wrong\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_no_kill_loses_more_than_two_seconds_of_typing() -> None:
    assert run("keystrokes.py", 3, 7, 2.5).endswith("0 wrong\n")


def test_a_window_beside_a_command_line_loses_nothing() -> None:
    assert run("window_beside.py", 4, 1).endswith("\n0 wrong\n")


def test_two_writers_lose_nothing(writers: subprocess.Popen[str]) -> None:
    assert ended(writers).endswith("0 wrong\n")


@pytest.mark.parametrize("seed", [2, 5])
def test_the_window_survives_a_monkey(seed: int) -> None:
    assert run("monkey.py", 250, seed).endswith("0 wrong\n")
