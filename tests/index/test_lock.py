"""One holder at a time, and none that is dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from readinglist.index.lock import FileLock


def test_the_second_gets_it_when_the_first_lets_go(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.acquire()
    assert one.acquire()
    assert one.held
    assert not other.acquire()
    assert not other.held
    one.release()
    one.release()
    assert other.acquire()
    assert not one.acquire()
    other.release()


def test_a_process_that_dies_lets_go(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time\n"
        "from readinglist.index.lock import FileLock\n"
        "lock = FileLock(pathlib.Path(sys.argv[1]))\n"
        "print(lock.acquire(), flush=True)\n"
        "time.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "True\n"
        lock = FileLock(tmp_path / "lock")
        assert not lock.acquire()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    assert lock.acquire()
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_lock_whose_file_was_thrown_away_is_taken_anew(tmp_path: Path) -> None:
    old = FileLock(tmp_path / "lock")
    assert old.acquire()
    (tmp_path / "lock").unlink()
    new = FileLock(tmp_path / "lock")
    assert new.acquire()
    old.release()
    assert not old.acquire()
    new.release()
