"""The program as a process with a window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
