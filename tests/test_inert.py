"""What is read is data: nothing in it is run, opened, connected to or written anywhere (seen by strace)."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from readinglist.library import Library
from tests.traced import read_trace, traced

CORPUS = Path(__file__).parent / "faults" / "corpus"
_EVERYTHING = """
from pathlib import Path
import sys
from readinglist.formats.folder import write_folder
from readinglist.formats.table import FORMATS, write
from readinglist.library import Library
from readinglist.progress import Silent

library, given, out = map(Path, sys.argv[1:])
with Library.open(library) as library:
    report = library.import_(sorted(given.iterdir()))
    numbers = library.search(limit=None).ids
    for note in sorted(given.glob("*.md")):
        library.write_note(numbers[0], note.read_text(encoding="utf-8", errors="replace"))
    library.wait_for_index()
    library.search("passwd")
    papers = list(library.read_all(numbers))
    for name, each in FORMATS.items():
        if each.write:
            (out / name).write_text("".join(write(papers, name)), encoding="utf-8")
        elif each.files:
            write_folder(papers, len(papers), each.files, out / name, Silent())
    library.back_up()
print(report.read, report.added, report.failed)
"""


_CALLS = """
import contextlib, io, json, sys
from readinglist.__main__ import main
ended = []
for call in json.loads(sys.argv[1]):
    sys.argv = ["readinglist", *call]
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(io.StringIO()):
        try:
            status = main()
        except SystemExit as end:
            status = end.code
    ended.append((status, said.getvalue()))
print(json.dumps(ended))
"""


def _given(folder: Path, outside: Path) -> None:
    """Fill a folder with files that name files outside of it in every way there is."""
    secret, pipe = outside / "secret.txt", outside / "pipe"
    for file in (*(CORPUS / "formats").iterdir(), *(CORPUS / "markdown").iterdir()):
        data = file.read_bytes()
        for named, instead in (
            (b"/etc/passwd", secret),
            (b"/etc/hostname", secret),
            (b"/dev/zero", pipe),
            (b"/bin/sh", secret),
        ):
            data = data.replace(named, os.fsencode(instead))
        (folder / file.name).write_bytes(data)
    feed = (folder / "entities.xml").read_bytes()
    (folder / "packed.gz").write_bytes(gzip.compress(feed))
    (folder / "large.xml").write_bytes(feed.replace(b"</feed>", b"<!-- " + b"x" * 300_000 + b" --></feed>"))
    vault = folder / "vault"
    (vault / ".hidden").mkdir(parents=True)
    (vault / "paper.md").write_text(f"---\ntitle: In the vault\nurl: file://{secret}\n---\n\n![[{secret}]]\n")
    (vault / ".hidden" / "more.md").symlink_to(secret)
    (vault / "link.md").symlink_to(secret)
    (vault / "folder").symlink_to(outside)
    os.mkfifo(vault / "pipe.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_no_file_makes_the_program_run_open_connect_or_write_anything(tmp_path: Path) -> None:
    given, outside, out, home, folder = (tmp_path / name for name in ("given", "outside", "out", "home", "here"))
    for each in (given, outside, out, folder):
        each.mkdir()
    (outside / "secret.txt").write_text("---\ntitle: An unmistakable secret\n---\n")
    os.mkfifo(outside / "pipe")
    _given(given, outside)
    trace = traced(_EVERYTHING, tmp_path / "library", given, out, folder=folder, home=home)
    assert trace.status == 0, trace.said
    read, added, failed = map(int, trace.said.split())
    assert read > 40
    assert added > 20
    assert failed > 0
    python = os.path.realpath(sys.executable)
    assert {os.path.realpath(program) for program in trace.started} <= {python}
    assert trace.internet == []
    assert [path for path in trace.opened if path.startswith(str(outside))] == []
    assert trace.changed_outside(tmp_path / "library", out, home) == []
    for file in out.rglob("*"):
        assert not file.is_file() or "An unmistakable secret" not in file.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_devices_pipes_and_folders_given_as_files_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "odd").mkdir()
    os.mkfifo(tmp_path / "odd" / "library.db")
    own = str(tmp_path / "own")
    with Library.open(tmp_path / "own") as library:
        library.back_up()
    os.mkfifo(tmp_path / "own" / "backups" / "2026-01-01T000000Z-quit.db")
    odd = str(tmp_path / "odd")
    calls = [["--library", odd, "search"], ["--library", odd, "doctor"]]
    for given in (str(tmp_path / "pipe"), "/dev/zero", "/dev/full"):
        calls += [["--library", own, "import", given], ["--library", own, "recover", given]]
        calls.append(["--library", given, "search"])
    calls.append(["--library", own, "recover", str(tmp_path / "folder")])
    calls.append(["--library", own, "backups"])
    command = [sys.executable, "-c", _CALLS, json.dumps(calls)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    *refused, listed = zip(calls, json.loads(done.stdout), strict=True)
    assert listed[1][0] == 0
    for call, (status, said) in refused:
        assert status in (1, 2), (call, said)
        assert "readinglist: " in said or call[2] == "doctor"
        assert "mistake in the program" not in said


def test_the_trace_would_tell_of_everything(tmp_path: Path) -> None:
    (tmp_path / "read.txt").write_text("x")
    script = (
        "import os, socket, subprocess, sys\n"
        "open('read.txt').read()\nopen('written.txt', 'w').close()\nos.mkdir('new')\nos.rename('written.txt', 'b')\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nsubprocess.run(['/bin/true'])\n"
    )
    trace = traced(script, folder=tmp_path, home=tmp_path / "home")
    assert trace.status == 0, trace.said
    assert str(tmp_path / "read.txt") in trace.opened
    changed = [str(tmp_path / name) for name in ("b", "new", "written.txt")]
    assert trace.changed_outside(tmp_path / "home") == changed
    assert [line for line in trace.internet if "socket(AF_INET" in line]
    assert [program for program in trace.started if program.endswith("true")]


def test_a_path_that_hangs_on_an_open_folder_is_told_in_full() -> None:
    lines = [
        '12 unlinkat(5</a/b>, "c", 0) = 0',
        '12 openat(AT_FDCWD</w>, "d\\303\\251", O_WRONLY|O_CREAT, 0666) = 3</w/d>',
        '12 openat(AT_FDCWD</w>, "no", O_WRONLY) = -1 ENOENT (No such file)',
        "12 socket(AF_UNIX, SOCK_STREAM, 0) = 3",
    ]
    trace = read_trace(lines, Path("/w"))
    assert trace.changed == ["/a/b/c", "/w/dé"]
    assert trace.internet == []
