"""Read a source in a process of its own: a large or hostile one neither stops the window nor takes it down.

The process is this module, run by the same interpreter. It is told what to read on its standard input, writes
batches of plain tuples to its standard output, and may take so much memory and no more: Linux holds it to that,
elsewhere it is watched from here.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import queue
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import fields
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple

import readinglist
from readinglist.errors import Problem, ReadingListError
from readinglist.formats.feed_head import FeedHead, read_head
from readinglist.formats.item import Item, Record
from readinglist.formats.source import USUAL, BadSource, Limits, Source
from readinglist.formats.table import format_called, read_source
from readinglist.paper import Author, Highlight, Link, Paper, Status
from readinglist.phrase import phrase

log = logging.getLogger(__name__)

LARGE_BYTES = 200_000
"""From this size on a source is better read apart; starting the process takes about a tenth of a second."""

_MEMORY_BYTES = 1_000_000_000
# -P: a file called json.py in the current folder is not for us.
_COMMAND = [sys.executable, "-P", "-m", "readinglist.formats.apart"]
_FIRST_BATCH = 50  # so that something is there soon
_BATCH = 500
_BATCH_BYTES = 4_000_000
_WAITING_BATCHES = 4
_POLL_SECONDS = 0.1
_WATCH_SECONDS = 0.05
_HELD_BY_SYSTEM = sys.platform == "linux"  # macOS refuses RLIMIT_AS, Windows has none
_LENGTH = struct.Struct("<Q")
_TOO_BIG = phrase("reading this takes more memory than it may have")

_PAPER_FIELDS = tuple(field.name for field in fields(Paper))
_HIGHLIGHT_FIELDS = tuple(field.name for field in fields(Highlight))
_paper_row = attrgetter(*_PAPER_FIELDS)
_highlight_row = attrgetter(*_HIGHLIGHT_FIELDS)
_AUTHORS, _LINKS, _HIGHLIGHTS, _STATUS = map(_PAPER_FIELDS.index, ("authors", "links", "highlights", "status"))


def read_apart(
    source: Source,
    *,
    format_name: str | None = None,
    today: date,
    limits: Limits = USUAL,
    memory_bytes: int = _MEMORY_BYTES,
    check: Callable[[], None] | None = None,
    among: Collection[str] | None = None,
    tell_head: Callable[[FeedHead], None] | None = None,
) -> Generator[Item, None, None]:
    """Return what `read_source` returns, read in a process of its own.

    `tell_head` is called before the first item with what a feed says of itself (see `feed_head`).

    `check` is called some ten times a second while waiting and before each batch; what it raises (`Cancelled`) ends the
    process and comes through, as does `close()` of the iterator. Raise `ReadingListError` at the first item
    where `read_source` does so at once, and when the process dies or wants more than `memory_bytes`.
    """
    if format_name is not None:
        format_called(format_name)
    source.size_bytes()
    order = _Order(
        Source(source.name, source.path and source.path.absolute(), source.data),
        format_name,
        None if among is None else tuple(among),
        today,
        limits,
        memory_bytes,
        head=tell_head is not None,
    )
    return _read(order, check, tell_head)


class _Order(NamedTuple):
    """What the process is told to do."""

    source: Source
    format_name: str | None
    among: tuple[str, ...] | None
    today: date
    limits: Limits
    memory_bytes: int | None
    head: bool


def _read(
    wanted: _Order, check: Callable[[], None] | None, tell_head: Callable[[FeedHead], None] | None
) -> Generator[Item, None, None]:
    source = wanted.source
    limit = wanted.memory_bytes
    if not _HELD_BY_SYSTEM:
        wanted = wanted._replace(memory_bytes=None)
    order = pickle.dumps(tuple(wanted))
    frames: queue.Queue[bytes | None] = queue.Queue(_WAITING_BATCHES)
    stopped, too_big = threading.Event(), threading.Event()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=os.environ | {"PYTHONPATH": str(Path(readinglist.__file__).parents[1])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        reader = threading.Thread(target=_converse, args=(process, order, frames, stopped), daemon=True)
        reader.start()
        if wanted.memory_bytes is None:
            watch = (process, limit, stopped, too_big)
            threading.Thread(target=_watch_memory, args=watch, daemon=True).start()
        try:
            while True:
                frame = _next_frame(frames, check)
                if too_big.is_set():
                    raise BadSource(source.name, _TOO_BIG)
                if frame is None:
                    raise BadSource(source.name, _obituary(source.name, process, errors))
                kind, value = pickle.loads(frame)
                if kind == "error":
                    raise ReadingListError(value)
                if kind == "bad source":
                    raise BadSource(source.name, value)
                if kind == "end":
                    return
                if kind == "head":
                    if tell_head is not None:
                        tell_head(value)
                    continue
                yield from (_item(pickle.loads(row)) for row in value)
        finally:
            stopped.set()
            process.kill()
            process.wait()
            reader.join()
            process.stdout.close()


def _next_frame(frames: queue.Queue[bytes | None], check: Callable[[], None] | None) -> bytes | None:
    while True:
        if check is not None:
            check()
        try:
            return frames.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue


def _converse(
    process: subprocess.Popen[bytes], order: bytes, frames: queue.Queue[bytes | None], stopped: threading.Event
) -> None:
    """Give the process its order and put what it answers into `frames`, None at the end. Runs in a thread."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(order)
        process.stdin.close()
    except OSError:  # it died before it had heard all; what it wrote says why
        log.debug("the reading process went away while it was told what to read")
        try:
            process.stdin.close()
        except OSError:
            log.debug("and so did the pipe")
    frame: bytes | None = b""
    while frame is not None and not stopped.is_set():
        head = process.stdout.read(_LENGTH.size)
        frame = None
        if len(head) == _LENGTH.size:
            (size,) = _LENGTH.unpack(head)
            frame = process.stdout.read(size)
            if len(frame) < size:
                frame = None
        while not stopped.is_set():
            try:
                frames.put(frame, timeout=_POLL_SECONDS)
                break
            except queue.Full:
                continue


def _watch_memory(
    process: subprocess.Popen[bytes], most_bytes: int, stopped: threading.Event, too_big: threading.Event
) -> None:
    """Kill the process when it takes more than `most_bytes`, and say so by `too_big`. Runs in a thread."""
    import psutil

    try:
        watched = psutil.Process(process.pid)
        while not stopped.wait(_WATCH_SECONDS):
            if watched.memory_info().rss > most_bytes:
                too_big.set()
                process.kill()
                return
    except psutil.Error:
        log.debug("the reading process ended while it was watched")


def _obituary(name: str, process: subprocess.Popen[bytes], errors: IO[bytes]) -> str:
    """Return what to say of a process that died, and log what it left behind."""
    status = process.wait()
    errors.seek(0)
    said = errors.read(20_000).decode("utf-8", "replace")
    log.error("the process that read %s ended with %s: %s", name, status, said)
    return phrase("reading this broke off; the process that read it ended unexpectedly ({status})", status=status)


def _row(item: Item) -> tuple[Any, ...]:
    """Return an item as plain tuples: several times as fast to send as the values themselves."""
    if isinstance(item, Problem):
        return item.kind, item.source, item.line, item.message
    row = list(_paper_row(item.paper))
    row[_AUTHORS] = [(author.name, author.family) for author in item.paper.authors]
    row[_LINKS] = [(link.kind, link.url) for link in item.paper.links]
    row[_HIGHLIGHTS] = [_highlight_row(highlight) for highlight in item.paper.highlights]
    row[_STATUS] = item.paper.status.value
    return item.line, row, item.reader


def _item(row: tuple[Any, ...]) -> Item:
    if len(row) == 4:
        return Problem(*row)
    line, values, reader = row
    values[_AUTHORS] = tuple([Author(*author) for author in values[_AUTHORS]])
    values[_LINKS] = tuple([Link(*link) for link in values[_LINKS]])
    values[_HIGHLIGHTS] = tuple([Highlight(*highlight) for highlight in values[_HIGHLIGHTS]])
    values[_STATUS] = Status(values[_STATUS])
    return Record(line, Paper(*values), reader)


def serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Read the order from `stdin` and write the frames of the answer to `stdout`: what the process does."""
    gc.disable()  # nothing here makes cycles, and the collector would look through every batch
    try:
        order = _Order(*pickle.load(stdin))
        if order.memory_bytes is not None:
            _limit_memory(order.memory_bytes)
        if order.head:
            _send(stdout, "head", read_head(order.source, order.limits))
        items = read_source(
            order.source, format_name=order.format_name, among=order.among, today=order.today, limits=order.limits
        )
        for batch in _batches(items):
            _send(stdout, "items", batch)
    except BadSource as error:
        _send(stdout, "bad source", error.what)
    except ReadingListError as error:
        _send(stdout, "error", error.message)
    except MemoryError:
        _send(stdout, "bad source", _TOO_BIG)
    else:
        _send(stdout, "end", None)


def _send(stdout: BinaryIO, kind: str, value: Any) -> None:
    frame = pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL)
    stdout.write(_LENGTH.pack(len(frame)) + frame)
    stdout.flush()


def _batches(items: Iterator[Item]) -> Iterator[list[bytes]]:
    """Yield items as rows, pickled one by one, so many at a time that neither side holds much."""
    batch: list[bytes] = []
    length, most = 0, _FIRST_BATCH
    for item in items:
        batch.append(pickle.dumps(_row(item), protocol=pickle.HIGHEST_PROTOCOL))
        length += len(batch[-1])
        if len(batch) == most or length > _BATCH_BYTES:
            yield batch
            batch, length, most = [], 0, _BATCH
    if batch:
        yield batch


def _limit_memory(limit_bytes: int) -> None:
    import resource  # not on Windows

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit_bytes = min(limit_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, hard))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
