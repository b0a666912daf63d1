"""An index that is not what was written is thrown away or said to be damaged; it never answers nonsense."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readinglist.index import state
from readinglist.index.array_file import ArrayFile
from readinglist.index.damaged import IndexDamaged
from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Paper, PaperId
from readinglist.query.nodes import Or, Text

if TYPE_CHECKING:
    from tests.index.conftest import Find, Invent

STAMP = Stamp("a library")
KINDS = (".json", ".arr")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, invented: Invent) -> Path:
    """A closed index of 120 papers in three segments, some deleted."""
    folder = tmp_path_factory.mktemp("written") / "index"
    index = Index.open(folder, STAMP)
    for batch in range(3):
        index.update([invented(batch * 40 + n) for n in range(1, 41)], [], last_seq=batch)
    index.update([], [PaperId(5), PaperId(50)], last_seq=9)
    index.close()
    return folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "copy"))


def one_of(folder: Path, suffix: str) -> Path:
    """Return a file of a kind: the biggest, for the names are drawn."""
    return max((file for file in folder.iterdir() if file.name.endswith(suffix)), key=lambda file: file.stat().st_size)


def asked(index: Index) -> set[int]:
    words = Or((Text("model"), Text("the language"), Text("t", prefix=True), Text("robt", fuzzy=2)))
    return set(index.search(words, filters=lambda leaf: np.array([]), everything=lambda: np.array([])).ids.tolist())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("kept", ["nothing", "a byte", "a tenth", "half", "all but a byte", "one more"])
def test_a_file_cut_short_is_noticed_on_opening(copy: Path, kind: str, kept: str) -> None:
    file = one_of(copy, kind)
    size = file.stat().st_size
    left = {"nothing": 0, "a byte": 1, "a tenth": size // 10, "half": size // 2, "all but a byte": size - 1}
    os.truncate(file, left.get(kept, size + 1))
    index = Index.open(copy, STAMP)
    assert (index.fresh, index.count, index.last_seq) == (True, 0, 0)
    assert asked(index) == set()
    index.update([Paper(title="the model", id=PaperId(1))], [], last_seq=1)
    assert asked(Index.open(copy, STAMP)) == {1}


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_is_noticed_on_opening(copy: Path, kind: str) -> None:
    one_of(copy, kind).unlink()
    assert Index.open(copy, STAMP).fresh
    assert not [file for file in copy.iterdir() if file.suffix == ".arr"]


def test_a_changed_byte_of_the_marker_is_noticed_on_opening(written: Path, tmp_path: Path) -> None:
    size = one_of(written, ".json").stat().st_size
    for place in range(0, size, max(1, size // 25)):
        copy = Path(shutil.copytree(written, tmp_path / str(place)))
        flip(one_of(copy, ".json"), place)
        index = Index.open(copy, STAMP)
        # White space in the marker may change without harm.
        assert index.fresh or index.count == 118


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("small", [True, False])
def test_a_changed_byte_of_a_segment_is_found_by_verify_and_harms_no_search(
    copy: Path, monkeypatch: pytest.MonkeyPatch, seed: int, small: bool
) -> None:
    if not small:
        monkeypatch.setattr(state, "_READ_BYTES", 0)
    drawn = random.Random(seed)
    file = one_of(copy, ".arr")
    arrays = ArrayFile(file, file.stat().st_size)
    name = drawn.choice([name for name in arrays if len(arrays[name])])
    Index.open(copy, STAMP).verify()
    # Where the same bytes stand first; arrays may be equal.
    place = file.read_bytes().index(arrays[name].tobytes()) + drawn.randrange(arrays[name].nbytes)
    del arrays
    flip(file, place)
    index = Index.open(copy, STAMP)
    assert index.fresh or not small
    if not index.fresh:
        with pytest.raises(IndexDamaged, match="has changed"):
            index.verify()
        # Anything but an answer or IndexDamaged fails here.
        with suppress(IndexDamaged):
            asked(index)


def flip(file: Path, place: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(place)
        byte = stream.read(1)[0]
        stream.seek(place)
        stream.write(bytes([byte ^ 0x41]))


def test_damage_that_comes_while_the_index_is_open_is_said(copy: Path) -> None:
    index = Index.open(copy, STAMP)
    before = asked(index)
    (copy / "readinglist-index.json").write_text("{}")
    with pytest.raises(IndexDamaged, match="damaged"):
        asked(index)
    with pytest.raises(IndexDamaged):
        index.try_lock()
    again = Index.open(copy, STAMP)
    assert again.fresh
    assert again.try_lock()
    assert before


def test_a_segment_missing_from_a_later_commit_is_said(copy: Path) -> None:
    index = Index.open(copy, STAMP)
    before = {*copy.glob("*.arr")}
    other = Index.open(copy, STAMP)
    other.update([Paper(title=f"word{n}", id=PaperId(n)) for n in range(200, 280)], [], last_seq=10)
    other.close()
    (added,) = {*copy.glob("*.arr")} - before
    added.unlink()
    with pytest.raises(IndexDamaged):
        asked(index)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"stamp": 1}', b"null", b"[" * 100_000])
def test_a_marker_of_any_content_is_thrown_away(copy: Path, content: bytes) -> None:
    (copy / "readinglist-index.json").write_bytes(content)
    assert Index.open(copy, STAMP).fresh


class Faulty:
    """A function of the system that fails once, at its call number `at`."""

    def __init__(self, real: Callable[..., object], at: int) -> None:
        self.real = real
        self.left = at

    def __call__(self, *arguments: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        return self.real(*arguments)


@pytest.mark.parametrize(("name", "calls"), [("fsync", 4), ("replace", 1)])
def test_a_commit_that_fails_half_way_leaves_old_or_new(
    copy: Path, found: Find, monkeypatch: pytest.MonkeyPatch, name: str, calls: int
) -> None:
    for failing in range(1, calls + 1):
        index = Index.open(copy, STAMP)
        before = asked(index)
        paper = Paper(title=f"word{failing} model", id=PaperId(300 + failing))
        with monkeypatch.context() as patched:
            patched.setattr(f"os.{name}", Faulty(getattr(os, name), failing))
            with pytest.raises(OSError, match="No space"):
                index.update([paper], [], last_seq=99)
        again = Index.open(copy, STAMP)
        assert not again.fresh
        again.verify()
        assert before <= asked(again)
        # Replacing the marker is the commit; what fails after it has been taken in all the same.
        taken_in = {paper.id} if (name, failing) == ("fsync", 4) else set()
        assert found(again, Text(f"word{failing}")) == found(index, Text(f"word{failing}")) == taken_in
        index.update([paper], [], last_seq=99)
        assert found(again, Text(f"word{failing}")) == {paper.id}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the system for the name behind a descriptor")
def test_everything_is_on_the_disk_before_what_names_it(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, replace = os.fsync, os.replace

    def kind(path: Path) -> str:
        name = path.name
        return "folder" if name == folder.name else next(k for k in (".arr", ".json") if k in name)

    def record_fsync(descriptor: int) -> None:
        events.append(f"sync {kind(Path(f'/proc/self/fd/{descriptor}').readlink())}")
        fsync(descriptor)

    def record_replace(source: str, target: str) -> None:
        events.append(f"name {kind(Path(target))}")
        replace(source, target)

    monkeypatch.setattr("os.fsync", record_fsync)
    monkeypatch.setattr("os.replace", record_replace)
    index.update([Paper(title="tea", id=PaperId(1))], [], last_seq=1)
    assert events == ["sync .arr", "sync folder", "sync .json", "name .json", "sync folder"]
