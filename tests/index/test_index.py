"""The face of the index: what comes in, goes out and is forgotten; who may write; what is seen by whom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from readinglist.index.index import Index, IndexBusy
from readinglist.index.lock import FileLock
from readinglist.index.stamp import Stamp
from readinglist.paper import Author, Highlight, Paper, PaperId
from readinglist.progress import Cancelled
from readinglist.query.nodes import Everything, Or, Text

if TYPE_CHECKING:
    from tests.index.conftest import Find, Invent

STAMP = Stamp("a library")


def paper(number: int, title: str, **fields: Any) -> Paper:
    return replace(Paper(title=title, id=PaperId(number)), **fields)


def files(folder: Path, suffix: str) -> set[str]:
    return {file.name for file in folder.iterdir() if file.name.endswith(suffix)}


def test_a_new_index_is_fresh_until_something_is_committed(folder: Path) -> None:
    index = Index.open(folder, STAMP)
    assert (index.fresh, index.count, index.last_seq) == (True, 0, 0)
    index.update([], [], last_seq=0)
    assert not index.fresh
    assert not Index.open(folder, STAMP).fresh


def test_a_papers_texts_are_found_in_their_fields(index: Index, found: Find) -> None:
    highlight = Highlight("h", "quoted passage", "", "", None, None, "yellow", "my comment", "")
    index.update(
        [
            paper(
                7,
                "Title words",
                abstract="Abstract words",
                authors=(Author("Ada Byron"), Author("Emmy Noether")),
                note="Noted words",
                highlights=(highlight,),
                venue="Some Journal",
                keywords=("graph theory", "trees"),
            ),
            paper(8, "Other"),
        ],
        [],
        last_seq=1,
    )
    for field, text in {
        "title": "title",
        "abstract": "abstract words",
        "author": "emmy noether",
        "note": "noted",
        "highlight": "my comment",
        "venue": "journal",
        "keyword": "graph theory",
    }.items():
        assert found(index, Text(text, field)) == {7}, field
        assert found(index, Text(text)) == {7}, field
    assert found(index, Text("title", "abstract")) == set()


@pytest.mark.parametrize("phrase", ["byron emmy", "theory trees", "passage my", "words abstract"])
def test_no_phrase_reaches_from_one_value_into_the_next(index: Index, found: Find, phrase: str) -> None:
    highlight = Highlight("h", "quoted passage", "", "", None, None, "yellow", "my comment", "")
    authors = (Author("Ada Byron"), Author("Emmy Noether"))
    whole = paper(
        7,
        "Title words",
        abstract="Abstract",
        authors=authors,
        highlights=(highlight,),
        keywords=("graph theory", "trees"),
    )
    index.update([whole], [], last_seq=1)
    assert found(index, Text(phrase)) == set()


def test_replaced_and_removed_papers_are_gone(index: Index, found: Find) -> None:
    index.update([paper(1, "tea"), paper(2, "tea"), paper(3, "tea")], [], last_seq=3)
    index.update([paper(2, "coffee")], [PaperId(3), PaperId(99)], last_seq=5)
    assert found(index, Text("tea")) == {1}
    assert found(index, Text("coffee")) == {2}
    assert (index.count, index.last_seq) == (2, 5)


def test_of_a_paper_given_twice_the_last_stands(index: Index, found: Find) -> None:
    index.update([paper(1, "tea"), paper(2, "tea"), paper(1, "coffee")], [], last_seq=1)
    assert (found(index, Text("tea")), found(index, Text("coffee"))) == ({2}, {1})
    assert index.count == 2


def test_removed_is_read_after_the_papers_and_a_paper_given_stands(index: Index, found: Find) -> None:
    index.update([paper(1, "tea"), paper(2, "tea")], [], last_seq=1)
    gone = {PaperId(1), PaperId(2)}

    def papers() -> Iterator[Paper]:
        for one in [paper(2, "coffee")]:
            gone.discard(one.id)
            yield one

    index.update(papers(), gone, last_seq=2)
    assert found(index, Or((Text("tea"), Text("coffee")))) == {2}
    index.update([paper(2, "tea")], [PaperId(2)], last_seq=3)
    assert found(index, Text("tea")) == {2}


def test_a_paper_without_a_number_is_refused(index: Index, found: Find) -> None:
    with pytest.raises(ValueError, match="with a number"):
        index.update([paper(1, "tea"), Paper(title="draft")], [], last_seq=1)
    assert found(index, Text("tea")) == set()


def test_what_was_committed_is_there_after_opening_again(index: Index, folder: Path, found: Find) -> None:
    index.update([paper(1, "tea"), paper(2, "coffee")], [], last_seq=11)
    index.close()
    again = Index.open(folder, STAMP)
    assert (again.fresh, again.count, again.last_seq) == (False, 2, 11)
    assert found(again, Text("tea")) == {1}


@pytest.mark.parametrize("stamp", [Stamp("another library"), Stamp("a library", format=0), Stamp("a library", text=1)])
def test_an_index_with_another_stamp_is_thrown_away(index: Index, folder: Path, stamp: Stamp) -> None:
    index.update([paper(1, "tea")], [], last_seq=11)
    index.close()
    other = Index.open(folder, stamp)
    assert (other.fresh, other.count, other.last_seq) == (True, 0, 0)
    assert files(folder, ".arr") == set()


def test_an_edit_takes_the_place_of_a_small_segment(index: Index, folder: Path) -> None:
    for number in range(1, 40):
        index.update([paper(number, f"tea {number}")], [], last_seq=number)
    assert len(files(folder, ".arr")) == 2
    assert index.count == 39


def test_tidying_leaves_one_small_segment(index: Index, folder: Path, found: Find, invented: Invent) -> None:
    for batch in range(4):
        index.update([invented(batch * 40 + n) for n in range(1, 41)], [PaperId(batch * 40 + 3)], last_seq=batch)
    before = found(index, Text("model"))
    assert len(files(folder, ".arr")) == 4
    index.tidy()
    assert len(files(folder, ".arr")) == 1
    assert (found(index, Text("model")), index.last_seq) == (before, 3)
    assert found(Index.open(folder, STAMP), Text("model")) == before
    kept = files(folder, ".arr")
    index.tidy()
    assert files(folder, ".arr") == kept


def test_folding_leaves_one_segment_that_finds_the_same(
    index: Index, folder: Path, found: Find, invented: Invent
) -> None:
    for batch in range(4):
        index.update([invented(batch * 40 + n) for n in range(1, 41)], [], last_seq=batch)
    index.update([invented(n, seed=1) for n in range(1, 20)], [PaperId(30)], last_seq=9)
    leaves = [Text("model"), Text("the model"), Text("tea", "title"), Text("lan", prefix=True), Text("robt", fuzzy=1)]
    before = [found(index, leaf) for leaf in leaves]
    assert len(files(folder, ".arr")) > 2
    index.fold()
    assert len(files(folder, ".arr")) == 1
    assert [found(index, leaf) for leaf in leaves] == before
    assert (index.count, index.last_seq) == (159, 9)
    index.verify()
    assert [found(Index.open(folder, STAMP), leaf) for leaf in leaves] == before


class Stopping:
    """A progress that stops the work when so much is done."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.steps: list[tuple[int, int | None]] = []

    def step(self, done: int, total: int | None, text: str = "") -> None:
        self.steps.append((done, total))
        if done >= self.at:
            raise Cancelled


def test_a_cancelled_update_leaves_the_last_commit(index: Index, folder: Path, found: Find) -> None:
    index.update([paper(1, "tea")], [], last_seq=1)
    before = {file.name for file in folder.iterdir()}
    progress = Stopping(400)
    with pytest.raises(Cancelled):
        index.update([paper(n, "coffee") for n in range(1, 1000)], [], last_seq=2, progress=progress)
    assert progress.steps == [(0, 999), (200, 999), (400, 999)]
    assert {file.name for file in folder.iterdir()} == before
    assert (found(index, Text("tea")), found(index, Text("coffee"))) == ({1}, set())
    assert index.last_seq == 1
    index.update([paper(1, "coffee")], [], last_seq=2)
    assert found(index, Text("coffee")) == {1}


def test_papers_are_flushed_in_several_segments_but_committed_at_once(
    index: Index, folder: Path, found: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.index.writing._FLUSH_DOCUMENTS", 50)
    other = Index.open(folder, STAMP)

    def papers() -> Iterator[Paper]:
        for number in range(1, 221):
            if number == 200:
                assert len(files(folder, ".arr")) == 3
                assert found(other, Text("tea")) == set()
            yield paper(number if number != 210 else 3, "tea" if number != 210 else "coffee")

    index.update(papers(), [], last_seq=1)
    assert found(other, Text("coffee")) == {3}
    assert found(other, Text("tea")) == {*range(1, 221)} - {3, 210}
    assert index.count == 219


def test_another_object_sees_a_commit_at_its_next_search(index: Index, folder: Path, found: Find) -> None:
    reader = Index.open(folder, STAMP)
    assert reader.fresh
    index.update([paper(1, "tea")], [], last_seq=4)
    assert found(reader, Text("tea")) == {1}
    assert (reader.fresh, reader.last_seq, reader.count) == (False, 4, 1)
    assert not reader.refresh()
    index.update([], [PaperId(1)], last_seq=5)
    assert reader.refresh()
    assert found(reader, Text("tea")) == set()


def test_one_object_at_a_time_writes(index: Index, folder: Path) -> None:
    other = Index.open(folder, STAMP)
    assert index.try_lock()
    assert index.try_lock()
    index.update([paper(1, "tea")], [], last_seq=1)
    assert not other.try_lock()
    with pytest.raises(IndexBusy, match="Another process"):
        other.update([paper(1, "coffee")], [], last_seq=2)
    index.unlock()
    assert other.try_lock()
    assert other.last_seq == 1
    other.close()
    assert index.try_lock()


def test_opening_leaves_alone_what_a_writer_is_at(index: Index, folder: Path, found: Find) -> None:
    assert index.try_lock()
    index.update([paper(1, "tea")], [], last_seq=1)
    (folder / "MAIN_0123456789abcdef.arr").write_bytes(b"being written")
    Index.open(folder, STAMP).close()
    Index.open(folder, Stamp("another library")).close()
    assert (folder / "MAIN_0123456789abcdef.arr").exists()
    assert found(index, Text("tea")) == {1}
    index.unlock()
    Index.open(folder, STAMP).close()
    assert not (folder / "MAIN_0123456789abcdef.arr").exists()


def test_an_index_that_cannot_be_locked_can_be_searched(
    index: Index, folder: Path, found: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.update([paper(1, "tea")], [], last_seq=1)

    def refuse(lock: FileLock) -> bool:
        raise PermissionError(13, "Read-only file system")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    reader = Index.open(folder, STAMP)
    assert found(reader, Text("tea")) == {1}
    with pytest.raises(PermissionError):
        reader.update([paper(2, "tea")], [], last_seq=2)


def test_foreign_files_in_the_folder_are_not_touched(folder: Path) -> None:
    folder.mkdir()
    (folder / "MAIN.txt").write_text("mine")
    index = Index.open(folder, STAMP)
    index.update([paper(1, "tea")], [], last_seq=1)
    assert (folder / "MAIN.txt").read_text() == "mine"


def test_threads_search_while_one_writes(index: Index) -> None:
    papers = 40
    words = tuple(Text(f"generation{n}") for n in range(15))
    index.update([paper(n, "generation0") for n in range(1, papers + 1)], [], last_seq=0)
    done = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        everything = np.arange(1, papers + 1)
        while not done.is_set():
            try:
                hits = index.search(Or(words), filters=lambda leaf: everything, everything=lambda: everything)
                if sorted(hits.ids.tolist()) != everything.tolist():
                    wrong.append(hits.ids)
            except Exception as error:  # noqa: BLE001
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for generation in range(1, 15):
        index.update([paper(n, f"generation{generation}") for n in range(1, papers + 1)], [], last_seq=generation)
        if generation % 5 == 0:
            index.fold()
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_threads_that_write_wait_for_each_other(index: Index, found: Find) -> None:
    threads = [
        threading.Thread(target=index.update, args=([paper(n, "tea")], []), kwargs={"last_seq": n}) for n in range(1, 9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found(index, Text("tea")) == {*range(1, 9)}


def test_an_index_that_was_closed_finds_nothing_and_holds_no_lock(index: Index, folder: Path) -> None:
    index.update([paper(1, "tea")], [], last_seq=1)
    assert index.try_lock()
    index.close()
    assert Index.open(folder, STAMP).try_lock()


def test_scores_put_the_exact_form_and_the_title_first(index: Index) -> None:
    index.update(
        [
            paper(1, "models of tea"),
            paper(2, "model of tea"),
            paper(3, "some of tea", abstract="model"),
            *(paper(n, "filling of words") for n in range(4, 40)),
        ],
        [],
        last_seq=1,
    )

    def best(node: Text) -> list[int]:
        hits = index.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([]))
        return [int(number) for number in hits.ids[np.argsort(-hits.scores)]]

    assert best(Text("model")) == [2, 1, 3]
    assert best(Text("models")) == [1, 2, 3]
    assert best(Text("mode", prefix=True))[-1] == 3
    assert best(Text("model", prefix=True)) == [2, 1, 3]
    assert best(Text("mdoel", fuzzy=1)) == [2, 3]
    assert best(Text("mdel", fuzzy=2)) == [2, 1, 3]


def test_everything_needs_no_index(index: Index, found: Find) -> None:
    assert found(index, Everything(), everything=[3, 5]) == {3, 5}
