"""Vectors of papers in files, memory-mapped, as a part of the cache. Knows neither library nor model.

A folder holds parts and the marker (`vectors.json`), which names those that count. A part is two arrays: for each row
the number of a paper and a print of its text, and the vectors. A later row of a paper stands for an earlier one. Parts
are never changed; replacing the marker is the commit. Whatever is wrong with the files, they are made anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.index.lock import FileLock
from readinglist.paths import replace_file

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_MARKER = "vectors.json"
_MOST_PARTS = 8
_LEAST_LIVE = 0.75


def print_of(text: str) -> int:
    """Return a number by which a text is known again."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@dataclass(frozen=True)
class Embeddings:
    """The vectors of one commit. `rows` are (number, print) of each row; `last_seq` as in `EmbeddingFiles.add`."""

    rows: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    vectors: Sequence[Floats] = ()
    names: tuple[int, ...] = ()
    last_seq: int = -1

    @cached_property
    def _latest(self) -> tuple[Ints, Ints]:
        """The papers, ascending, and the last row of each."""
        numbers, from_end = np.unique(self.rows[::-1, 0], return_index=True)
        return numbers, len(self.rows) - 1 - from_end

    @property
    def count(self) -> int:
        """How many papers have a vector."""
        return len(self._latest[0])

    def rows_of(self, numbers: Ints) -> Ints:
        """Return the rows of some papers, -1 for those without."""
        known, rows = self._latest
        if not len(known):
            return np.full(len(numbers), -1)
        places = np.minimum(known.searchsorted(numbers), len(known) - 1)
        return np.where(known[places] == numbers, rows[places], -1)

    def vectors_of(self, rows: Ints) -> Floats:
        """Return the vectors of some rows."""
        first, found = 0, np.zeros((len(rows), self.vectors[0].shape[1] if self.vectors else 0), np.float32)
        for part in self.vectors:
            here = np.flatnonzero((rows >= first) & (rows < first + len(part)))
            found[here] = part[rows[here] - first]
            first += len(part)
        return found

    @cached_property
    def _middle(self) -> Floats:
        """The mean of all vectors: what all texts have in common, and tells none from another."""
        sums = np.stack([part.sum(axis=0) for part in self.vectors])
        middle: Floats = sums.sum(axis=0) / np.float32(len(self.rows))
        return middle

    @cached_property
    def _spreads(self) -> Floats:
        """The distance of each vector from the middle."""
        square = np.float32(self._middle @ self._middle)
        spreads: Floats = np.sqrt(np.maximum(1 - 2 * self._products(self._middle) + square, np.float32(1e-6)))
        return spreads

    def _products(self, vector: Floats) -> Floats:
        return np.concatenate([np.zeros(0, np.float32), *(part @ vector for part in self.vectors)])

    def nearness(self, asked: Ints, numbers: Ints) -> Floats | None:
        """Return the cosine of papers with those asked about, taken together, as seen from the middle of all.

        0 for papers without a vector; None where none of those asked about has one.
        """
        rows = self.rows_of(asked)
        rows = rows[rows >= 0]
        if not len(rows):
            return None
        with np.errstate(all="ignore"):  # a damaged vector is near to nothing
            return self._cosines(rows, numbers)

    def _cosines(self, rows: Ints, numbers: Ints) -> Floats:
        towards = (self.vectors_of(rows) - self._middle) / self._spreads[rows][:, None]
        direction = towards.sum(axis=0)
        direction /= max(float(np.linalg.norm(direction)), 1e-6)
        cosines = (self._products(direction) - self._middle @ direction) / self._spreads
        at = self.rows_of(numbers)
        near: Floats = np.where(at >= 0, np.nan_to_num(cosines).take(at, mode="clip"), np.float32(0))
        return near.clip(-1, 1)


class EmbeddingFiles:
    """The vectors in a folder, made by a model called `model`; one writer at a time."""

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self.folder = folder
        self._model = model
        self._dimensions = dimensions
        self._lock = FileLock(folder / "vectors.lock")
        self._writing = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._state = Embeddings()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the one writer, of all threads and processes, for the time of the block; give False where one is.

        Makes the folder, which may have been thrown away. Raises OSError.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with ExitStack() as held:
            mine = self._writing.acquire(blocking=False)
            if mine:
                held.callback(self._writing.release)
                mine = self._lock.acquire()
                held.callback(self._lock.release)
            yield mine

    def current(self) -> Embeddings:
        """Return the vectors of the last commit; none where they cannot be read."""
        if (seen := self._stamp()) != self._seen:
            self._seen = seen
            try:
                self._state = self._load() if seen is not None else Embeddings()
            # What numpy raises for a file that a power cut has left empty, or that is damaged, is anybody's guess.
            except Exception as error:  # noqa: BLE001
                log.info("the vectors in %s are made anew: %s", self.folder, error)
                self._state = Embeddings()
        return self._state

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = (self.folder / _MARKER).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def _load(self) -> Embeddings:
        marker = json.loads((self.folder / _MARKER).read_text(encoding="utf-8"))
        if marker["model"] != self._model:
            raise ValueError("they are of another model")
        names = tuple(int(name) for name in marker["parts"])
        rows = [np.load(self._rows_file(name)) for name in names]
        vectors = [np.load(self._vectors_file(name), mmap_mode="r") for name in names]
        for mine, its in zip(rows, vectors, strict=True):
            if mine.dtype != np.int64 or mine.shape != (len(its), 2):
                raise ValueError("the papers of a part are damaged")
            if its.dtype != np.float32 or its.shape[1:] != (self._dimensions,):
                raise ValueError("the vectors of a part are damaged")
        return Embeddings(np.concatenate([np.zeros((0, 2), np.int64), *rows]), vectors, names, int(marker["last_seq"]))

    def add(self, rows: Iterable[tuple[int, int]], vectors: Floats, last_seq: int) -> None:
        """Commit vectors of papers, as (number, print). `last_seq` is the change up to which all are there; -1: some
        are not. For who is `alone`. Raises OSError, and leaves the last commit as it was then.
        """
        state = self.current()
        names = list(state.names)
        if len(vectors):
            names.append(self._unused_name())
            self._write(names[-1], np.array(list(rows), np.int64).reshape(-1, 2), vectors)
            names = self._folded(state, names)
        marker = {"model": self._model, "parts": names, "last_seq": last_seq}
        replace_file(self.folder / _MARKER, json.dumps(marker).encode())
        self.current()
        for name, file in self._parts():
            if name not in names:
                with suppress(OSError):  # Windows deletes nothing that is mapped; the next commit tries again
                    file.unlink()

    def _folded(self, state: Embeddings, names: list[int]) -> list[int]:
        """Return the names of parts after the last was added: of one that holds all, where they would be too many."""
        rows = [state.rows, np.load(self._rows_file(names[-1]))]
        whole = Embeddings(
            np.concatenate(rows), [*state.vectors, np.load(self._vectors_file(names[-1]), mmap_mode="r")]
        )
        if len(names) <= _MOST_PARTS and whole.count >= _LEAST_LIVE * len(whole.rows):
            return names
        live = np.sort(whole._latest[1])
        name = self._unused_name()
        self._write(name, whole.rows[live], whole.vectors_of(live))
        return [name]

    def _unused_name(self) -> int:
        """Return a name that no file has: whatever lies there may be mapped by somebody."""
        return 1 + max((name for name, _ in self._parts()), default=0)

    def _parts(self) -> list[tuple[int, Path]]:
        files = [(file.name.partition(".")[0], file) for file in self.folder.glob("*.npy")]
        return [(int(name), file) for name, file in files if name.isdecimal()]

    def _write(self, name: int, rows: Ints, vectors: Floats) -> None:
        # Not synced: it can be made anew, and a part that a power cut has left too short is seen to be.
        np.save(self._rows_file(name), rows)
        np.save(self._vectors_file(name), vectors.astype(np.float32, copy=False))

    def _rows_file(self, name: int) -> Path:
        return self.folder / f"{name}.papers.npy"

    def _vectors_file(self, name: int) -> Path:
        return self.folder / f"{name}.vectors.npy"
