"""Run a script under strace and see what it opened, wrote, started and connected to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)")
_STRING = re.compile(r'(?:(AT_FDCWD|\d+)(?:<([^>]*)>)?, )?"((?:[^"\\]|\\.)*)"')
_WRITING = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC)")
_CHANGING = re.compile(
    r"f?ch(?:mod|own)(?:at2?)?|creat|(?:sym)?link(?:at)?|mkdir(?:at)?|mknod(?:at)?|rename(?:at2?)?|rmdir|truncate"
    r"|unlink(?:at)?|utimensat"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a process and its children did: programs started, paths opened, paths changed, sockets' lines."""

    status: int
    said: str
    started: list[str]
    opened: list[str]
    changed: list[str]
    internet: list[str]

    def changed_outside(self, *folders: Path) -> list[str]:
        """Return what was changed and does not lie in one of these folders, is not one of them, and is no device."""
        inside = tuple(f"{os.path.realpath(folder)}/" for folder in folders)
        return sorted({path for path in self.changed if not f"{path}/".startswith((*inside, "/dev/null/", "/proc/"))})


def _paths(arguments: str, folder: Path) -> Iterator[str]:
    for _, base, text in _STRING.findall(arguments):
        path = text.encode("ascii", "backslashreplace").decode("unicode_escape").encode("latin-1", "replace")
        yield os.path.normpath(os.path.join(base or folder, path.decode("utf-8", "replace")))  # noqa: PTH118


def read_trace(lines: Sequence[str], folder: Path, status: int = 0, said: str = "") -> Trace:
    """Return what the lines of strace -f -y tell of processes that were started in `folder`."""
    started: list[str] = []
    opened: list[str] = []
    changed: list[str] = []
    internet: list[str] = []
    for line in lines:
        call = _CALL.match(line)
        name, arguments, result = call.groups() if call else ("", "", "")
        if name != "execve" and re.search(r"\bAF_INET6?\b", line):
            internet.append(line)
        paths = list(_paths(arguments, folder))
        if name == "execve":
            started += paths[:1] if result == "0" else []
        elif _CHANGING.fullmatch(name):
            changed += paths
        elif name in ("open", "openat"):
            opened += paths
            changed += paths if _WRITING.search(arguments) and not result.startswith("-") else []
        else:
            opened += paths
    return Trace(status, said, started, opened, changed, internet)


def traced(script: str, *arguments: object, folder: Path, home: Path, timeout_s: float = 120) -> Trace:
    """Run a script of Python in `folder`, everything of the user's in `home`; the test is skipped without strace."""
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    kinds = ("CACHE", "CONFIG", "DATA", "STATE")
    environment = {
        **os.environ,
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds},
        "HOME": str(home),
        "TMPDIR": str(home / "temporary"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    (home / "temporary").mkdir(parents=True, exist_ok=True)
    log = home / "trace"
    command = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", "trace=%file,%network", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-c", script, *map(str, arguments)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return read_trace(lines, folder, done.returncode, done.stdout + done.stderr)
