"""An engine in a process of its own: built, opened and asked there, so that the memory is its own."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import pickle
import re
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from corpus import Asked

from readinglist.paper import Paper

ENGINES = {
    "our index": ("ours", "OurIndex", "whoosh"),
    "our library": ("ours", "OurLibrary", "whoosh"),
    "FTS5": ("rivals", "Fts5", "readinglist"),
    "tantivy": ("rivals", "Tantivy", "tantivy"),
    "Whoosh": ("rivals", "StockWhoosh", "whoosh"),
}
"""Name of an engine: its module and class, and the package it needs."""

_WARMING = 3
_LIMIT = 50


def absent(name: str) -> bool:
    """Say whether an engine is not installed."""
    return importlib.util.find_spec(ENGINES[name][2]) is None


class Served:
    """An engine in a child process; each method runs there and returns its answer. A context manager."""

    def __init__(self, name: str, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, name, folder), daemon=True)
        self._process.start()
        theirs.close()

    def call(self, method: str, *arguments: Any) -> Any:
        """Run a method of `_Worker`; raise RuntimeError with what went wrong there."""
        self._pipe.send((method, arguments))
        try:
            answer, error = self._pipe.recv()
        except EOFError:
            self._process.join()
            raise RuntimeError(f"the process ended with {self._process.exitcode}") from None
        if error:
            raise RuntimeError(error)
        return answer

    def __enter__(self) -> Served:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join(60)
        if self._process.is_alive():
            self._process.kill()


def _serve(pipe: Connection, name: str, folder: Path) -> None:
    worker = _Worker(name, folder)
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:
            break
        try:
            pipe.send((getattr(worker, method)(*arguments), None))
        except Exception as error:  # noqa: BLE001 - the benchmark goes on with the other engines and says so
            pipe.send((None, f"{type(error).__name__}: {error}"[:200]))
    os._exit(0)  # tantivy's threads and mapped files need no tidy end


class _Worker:
    """What runs in the child. Times are seconds, sizes MB."""

    def __init__(self, name: str, folder: Path) -> None:
        module, class_name, _ = ENGINES[name]
        self._class: Any = getattr(importlib.import_module(module), class_name)
        self._folder = folder
        self._engine: Any = None

    def build(self, papers_file: Path) -> dict[str, float]:
        """Build from pickled papers. `peak_mb` is what memory grew by, the papers themselves not counted."""
        papers: list[Paper] = pickle.loads(papers_file.read_bytes())
        engine = self._class(self._folder)
        before = _memory_so_far_mb()
        start = time.perf_counter()
        engine.build(papers)
        built = time.perf_counter()
        engine.tidy()
        tidied = time.perf_counter()
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        return {
            "build_per_s": len(papers) / (built - start),
            "tidy_s": tidied - built,
            "disk_mb": sum(file.stat().st_size for file in files) / 1e6,
            "peak_mb": _peak_mb() - before,
        }

    def open(self, asked: Asked) -> dict[str, float]:
        """Open what was built: the first time with all imports, then once more, and ask a first query."""
        start = time.perf_counter()
        self._class(self._folder)
        first = time.perf_counter()
        self._engine = self._class(self._folder)
        again = time.perf_counter()
        self._engine.find(asked, _LIMIT)
        asked_at = time.perf_counter()
        return {"cold_open_s": first - start, "open_s": again - first, "first_query_s": asked_at - again}

    def ask(self, queries: Sequence[Asked], cap_s: float) -> tuple[list[float], float]:
        """Return the time of each query and the mean of how many papers they find: none where an engine cannot.

        Stops after `cap_s`, but not before two queries.
        """
        begun = time.perf_counter()
        try:
            self._engine.find(queries[0], _LIMIT)
        except NotImplementedError:
            return [], 0
        for asked in queries[:_WARMING]:
            self._engine.find(asked, _LIMIT)
            if time.perf_counter() - begun > cap_s / 4:
                break
        times: list[float] = []
        found = 0
        for asked in queries:
            start = time.perf_counter()
            total, _ = self._engine.find(asked, _LIMIT)
            times.append(time.perf_counter() - start)
            found += total
            if time.perf_counter() - begun > cap_s and len(times) > 1:
                break
        return times, found / len(times)

    def edits(self, papers: Sequence[Paper], cap_s: float) -> tuple[list[float], list[float]]:
        """Edit papers one after the other. Return how long each took until a search found it, and, where an engine
        indexes later, how long until it was in the index and found there."""
        visible: list[float] = []
        indexed: list[float] = []
        begun = time.perf_counter()
        for number, paper in enumerate(papers):
            word = f"zqx{number}"
            edited = replace(paper, abstract=f"{paper.abstract} {word}")
            start = time.perf_counter()
            self._engine.edit(edited)
            self._see(word, paper)
            visible.append(time.perf_counter() - start)
            if hasattr(self._engine, "index_edits"):
                self._engine.index_edits()
                self._see(word, paper)
                indexed.append(time.perf_counter() - start)
            if time.perf_counter() - begun > cap_s and len(visible) > 1:
                break
        return visible, indexed

    def _see(self, word: str, paper: Paper) -> None:
        total, ids = self._engine.find(Asked((word,)), _LIMIT)
        if (total, ids) != (1, [paper.id]):
            raise AssertionError(f"“{word}” found {ids}, not the edited paper {paper.id}")

    def memory(self) -> float:
        """Return the private memory of the process, or its resident memory where the system does not tell."""
        rollup = Path("/proc/self/smaps_rollup")
        if not rollup.exists():
            return _peak_mb()
        return sum(map(int, re.findall(r"Private_\w+:\s+(\d+)", rollup.read_text()))) / 1024


def _memory_so_far_mb() -> float:
    """Let the peak begin anew, where the system can, and return it."""
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")
    return _peak_mb()


def _peak_mb() -> float:
    """Return the most memory the process ever had resident. (On Linux `getrusage` starts at that of the parent.)"""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
