"""Fetch from a server whose answers are good ones with random damage.

    python tests/faults/fuzz_http.py COUNT SEED

Each must come as bytes, as "not changed", or as an error of the feed that was foreseen, within its limits. Prints the
first answers that did anything else, and how often each came; exit status 1 if there are any.
"""

from __future__ import annotations

import logging
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from readinglist.feeds.fetch import Fetched, FetchLimits, fetch
from readinglist.feeds.values import FeedError

LIMITS = FetchLimits(bytes=10_000, silent_seconds=0.4, seconds=1.5, redirects=0)  # damaged addresses are nobody's
_SLOWEST_SECONDS = 10.0

ANSWERS = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "a"\r\nLast-Modified: x\r\n\r\nhello',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 302 Moved\r\nLocation: //[::1]:1/%zz?\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: Wed, 11 Mar 2026 08:00:00 GMT\r\n\r\n",
    b"HTTP/1.0 503 X\r\nRetry-After: 10\r\n\r\n",
    b"HTTP/1.1 304 N\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx",
)
PIECES = (
    *(b"\r\n", b"\n", b"\0", b":", b" ", b"-1", b"9" * 22, b"\xff\xfe", b"\xc3\xa4", b"chunked", b"gzip", b"0x1", b"["),
    *(b"]", b"%", b"Location: ", b"Retry-After: ", b"HTTP/9.9 ", b"Wed, 99 Foo 99999 99:99:99 +9999", b"\x85"),
)


class Answering:
    """A server on the loopback address that answers whatever it is asked with `answer`."""

    def __init__(self) -> None:
        self.answer = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/feed"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    connection.recv(65536)
                    connection.sendall(self.answer)
                except OSError:
                    continue


def damaged(source: random.Random) -> bytes:
    """Return an answer with up to six places of damage."""
    data = bytearray(source.choice(ANSWERS))
    for _ in range(source.randint(1, 6)):
        at = source.randint(0, len(data))
        match source.randrange(5):
            case 0 | 1:
                data[at:at] = source.choice(PIECES)
            case 2:
                del data[at : at + source.randint(1, 8)]
            case 3 if data:
                data[source.randrange(len(data))] = source.randrange(256)
            case _:
                data[at : at + source.randint(0, 6)] = source.choice(PIECES)
    return bytes(data)


def outcome(server: Answering, answer: bytes) -> str:
    """Return how the fetch of an answer ended; "fault: …" for what nobody foresaw."""
    server.answer = answer
    started = time.monotonic()
    with _errors_logged() as errors:
        try:
            got = fetch(server.address, etag='"x"', limits=LIMITS)
            ended = "bytes" if isinstance(got, Fetched) else "not changed"
        except FeedError as error:
            ended = error.code
        except Exception as error:  # noqa: BLE001 - what this program looks for
            ended = f"fault: {error!r}"
    if errors:
        ended = f"fault: {errors[0].exc_info and errors[0].exc_info[1]!r}"
    return ended if time.monotonic() - started < _SLOWEST_SECONDS else "fault: it took too long"


@contextmanager
def _errors_logged() -> Iterator[list[logging.LogRecord]]:
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = records.append  # type: ignore[method-assign]
    log = logging.getLogger("readinglist.feeds.fetch")
    log.addHandler(handler)
    try:
        yield records
    finally:
        log.removeHandler(handler)


def run(count: int, seed: int) -> tuple[Counter[str], list[bytes]]:
    """Fetch `count` damaged answers; return how often each ended how, and the first ten that are faults."""
    source = random.Random(seed)
    server = Answering()
    ends: Counter[str] = Counter()
    faults: list[bytes] = []
    for _ in range(count):
        answer = damaged(source)
        ended = outcome(server, answer)
        ends[ended] += 1
        if ended.startswith("fault") and len(faults) < 10:
            faults.append(answer)
    server.close()
    return ends, faults


def main() -> int:
    """Do what the command line says."""
    count, seed = (int(text) for text in sys.argv[1:3])
    ends, faults = run(count, seed)
    for answer in faults:
        print(answer)
    print(dict(ends))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
