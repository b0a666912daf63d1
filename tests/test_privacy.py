"""Nothing of the main job opens a connection to anywhere (seen by strace), and the log holds no note text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_COMMANDS = """
from pathlib import Path
import sys
from readinglist.formats.source import Source
from readinglist.library import Library

page = "A title of a paper\\n\\nAn abstract that says what the paper is about, at some length. "
page += "We show more of it. " * 9
with Library.open(Path(sys.argv[1])) as library:
    library.import_([Source("page", data=page.encode())])
    (number,) = library.search("title").ids
    library.write_note(number, "An unmistakable note: zymurgy")
    library.highlight(number, "what the paper is about")
    library.tag([number], add=["nlp"])
    library.move([number], "next")
    library.wait_for_index()
    assert library.search("zymurgy").total == 1
    "".join(library.export("", "json"))
    library.back_up()
    library.undo()
    library.doctor(repair=True)
    library.add_feed("arxiv:cs.CL")
    library.add_feed("http://127.0.0.1:9/feed")
    library.import_feeds(Source("list", data=library.export_feeds().encode()))
    library.feed_notices(library.feeds()[0])
    library.announcements(1)
    library.revisions()
    library.remove_feed(2)
"""
_WINDOW = """
from pathlib import Path
import sys
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from readinglist.ui.app import open_window

app = QApplication(["readinglist"])
window = open_window(Path(sys.argv[1]))
for _ in range(200):
    QTest.qWait(20)
    if window.idle():
        break
window.pane.search.setFocus()
QTest.keyClicks(window.focusWidget(), "title")
QTest.qWait(300)
window.close()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("script", [_COMMANDS, _COMMANDS + _WINDOW], ids=["library", "window"])
def test_the_main_job_opens_no_internet_socket(tmp_path: Path, script: str) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,bind", "-o", str(trace)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path / "state")}
    result = subprocess.run(
        [*command, sys.executable, "-c", script, str(tmp_path / "library")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    called = trace.read_text(errors="replace")
    assert not re.findall(r"AF_INET6?\b", called)
    for log in (tmp_path / "state").rglob("*"):
        assert log.is_dir() or "zymurgy" not in log.read_text(errors="replace")


_REFRESH = """
from pathlib import Path
import sys
from readinglist.library import Library

with Library.open(Path(sys.argv[1])) as library:
    library.add_feed("http://127.0.0.1:9/feed")
    library.refresh_feeds()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_refresh_that_is_asked_for_opens_one_and_asks_that_address_only(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(trace)]
    environment = {name: text for name, text in os.environ.items() if not name.lower().endswith("_proxy")}
    subprocess.run(
        [*command, sys.executable, "-c", _REFRESH, str(tmp_path / "library")], check=True, timeout=120, env=environment
    )
    asked = re.findall(r"AF_INET6?.*", trace.read_text(errors="replace"))
    assert asked
    assert all("htons(9)" in line and "127.0.0.1" in line for line in asked)


def test_the_trace_would_see_one(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    script = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(tmp_path / "trace"), sys.executable, "-c", script],
        check=True,
    )
    assert "AF_INET" in (tmp_path / "trace").read_text()
