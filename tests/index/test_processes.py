"""Several processes have one index open; some of them die."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Paper, PaperId
from readinglist.query.nodes import Text

if TYPE_CHECKING:
    from tests.index.conftest import Find

STAMP = Stamp("a library")
READER = """
import sys
from pathlib import Path
import numpy as np
from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.query.nodes import Text
index = Index.open(Path(sys.argv[1]), Stamp("a library"))
for line in sys.stdin:
    found = index.search(Text(line.strip()), filters=None, everything=lambda: np.array([]))
    print(index.last_seq, sorted(found.ids.tolist()), flush=True)
"""


def test_another_process_sees_every_commit_at_its_next_search(index: Index, folder: Path) -> None:
    index.update([Paper(title="tea", id=PaperId(1))], [], last_seq=1)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        questions, answers = reader.stdin, reader.stdout
        assert questions is not None
        assert answers is not None

        def ask(word: str) -> str:
            print(word, file=questions, flush=True)
            return answers.readline().strip()

        assert ask("tea") == "1 [1]"
        for number in range(2, 12):
            index.update([Paper(title=f"tea {number}", id=PaperId(number))], [PaperId(number - 1)], last_seq=number)
            if number == 7:
                index.fold()
            assert ask("tea") == f"{number} [{number}]"
        # What the reader holds open while it is removed does not matter to it.
        assert ask("11") == "11 [11]"
        questions.close()
        assert reader.wait() == 0


def test_two_processes_take_turns_in_writing(index: Index, folder: Path, found: Find) -> None:
    code = (
        "import sys; from pathlib import Path; from readinglist.index.index import Index\n"
        "from readinglist.index.stamp import Stamp; from readinglist.paper import Paper, PaperId\n"
        "index = Index.open(Path(sys.argv[1]), Stamp('a library'))\n"
        "done = 0\n"
        "while done < 15:\n"
        "    if index.try_lock():\n"
        "        done += 1\n"
        "        index.update([Paper(title='theirs', id=PaperId(100 + done))], [], last_seq=index.last_seq + 1)\n"
        "        index.unlock()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder)]) as other:
        done = 0
        while done < 15:
            if index.try_lock():
                done += 1
                index.update([Paper(title="ours", id=PaperId(done))], [], last_seq=index.last_seq + 1)
                index.unlock()
        assert other.wait() == 0
    assert found(index, Text("ours")) == {*range(1, 16)}
    assert found(index, Text("theirs")) == {*range(101, 116)}
    assert (index.last_seq, index.count) == (30, 30)
    index.verify()


def test_no_kill_leaves_a_half_written_index() -> None:
    script = Path(__file__).resolve().parents[1] / "faults" / "index_kills.py"
    run = subprocess.run([sys.executable, script, "5"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "5 kills" in run.stdout


def test_whoosh_is_not_imported_before_an_index_is_opened() -> None:
    code = "import sys, readinglist.index.index; print(sorted({'whoosh', 'whoosh.index'} & {*sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
