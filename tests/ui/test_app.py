"""The program as a process with a window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readinglist.library import Library, Source
from readinglist.store.restoring import DATABASE


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_window_as_quitting_does(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "library"
    with subprocess.Popen(
        [sys.executable, "-m", "readinglist", "--library", str(folder)], stderr=subprocess.PIPE, text=True
    ) as process:
        end = time.monotonic() + 20
        # The write-ahead log is there while the library is open.
        while not (folder / f"{DATABASE}-wal").exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(number)
        errors = process.communicate(timeout=20)[1]
    assert (process.returncode, errors) == (
        0,
        "This plugin does not support propagateSizeHints()\n" * errors.count("\n"),
    )


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_on_quit_there_is_a_backup_and_where_nothing_opens_the_window_stays(tmp_path: Path) -> None:
    changed, damaged = tmp_path / "changed", tmp_path / "damaged"
    with Library.open(changed) as library:
        library.import_([Source("a.jsonl", data=b'{"title": "A paper"}')])
        library.wait_for_index()
    damaged.mkdir()
    (damaged / DATABASE).write_bytes(b"no database" * 100)
    commands = [[sys.executable, "-m", "readinglist", "--library", str(folder)] for folder in (changed, damaged)]
    with (
        subprocess.Popen(commands[0], stderr=subprocess.DEVNULL) as first,
        subprocess.Popen(commands[1], stderr=subprocess.DEVNULL) as second,
    ):
        end = time.monotonic() + 20
        while not (changed / f"{DATABASE}-wal").exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(2)
        assert second.poll() is None
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(timeout=20) for process in (first, second)] == [0, 0]
    assert [path.name[-8:] for path in (changed / "backups").iterdir()] == ["-quit.db"]
    assert [path.name for path in damaged.iterdir()] == [DATABASE]
