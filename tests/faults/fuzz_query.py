"""Throw queries at the parser: random text and random pieces of the language.

    python tests/faults/fuzz_query.py COUNT SEED

Each is parsed as typed and as being typed, printed and read again, matched, marked and completed. Prints the
first queries that raise anything but a QueryError with a place inside the query, whose print reads otherwise,
or that take more than 50 ms of computing to parse, and a summary; exit status 1 if there are any.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime

from readinglist.errors import QueryError
from readinglist.paper import Author, Paper
from readinglist.query.complete import complete
from readinglist.query.fields import FIELDS
from readinglist.query.marks import marks, snippet
from readinglist.query.match import Context, match
from readinglist.query.parse import MAX_CHARACTERS, parse
from readinglist.query.printer import to_text

SLOWEST_SECONDS = 0.05

PIECES = [
    *(f"{name}:" for name in FIELDS),
    *(f"{field.name}:{choice.text}" for field in FIELDS.values() for choice in field.values),
    *(field.example for field in FIELDS.values()),
    *("AND", "OR", "NOT", "|", "-", "(", ")", '"', "\\", "*", "~", "~1", "..", "<", ">=", ":", ",", "/", "'", "–"),
    *("attention", "a", "GPT-4V(ision)", "注意", "Café", "tga:", "http://x.org", "10:30", "\ufdfa", "e\u0301", "\x00"),
    *(" ", " ", " ", " ", "\t", "\u00a0", "\n"),
]
_PAPER = Paper(
    "Attention to GPT-4V(ision) at the Café",
    abstract="A study of 注意 and attention. " * 12,
    authors=(Author("Ada Beek"),),
    added="2026-03-09T23:30:00Z",
)
_CONTEXT = Context(datetime(2026, 3, 11, tzinfo=UTC), searches={"a": "attention search:b", "b": "-search:a", "c": "x"})


def random_query(source: random.Random) -> str:
    """Return a query of at most some 1,100 characters."""
    match source.randrange(10):
        case 0:
            size = source.randrange(60)
            return "".join(chr(source.choice((source.randrange(0x80), source.randrange(0xD800)))) for _ in range(size))
        case 1:
            piece = source.choice(PIECES)
            return (piece * source.randrange(1, 1 + 1100 // len(piece)))[: MAX_CHARACTERS + 5]
        case _:
            return "".join(source.choice(PIECES) for _ in range(source.randrange(1, 16)))


def _seconds_to_parse(query: str, typing: bool) -> float:
    """Return how long it takes once more: a machine that is busy with other things hiccups."""
    begin = time.thread_time()
    with contextlib.suppress(QueryError):
        parse(query, typing=typing)
    return time.thread_time() - begin


def fault(query: str) -> str | None:
    """Return what is wrong with how `query` is dealt with, or None."""
    for typing in (False, True):
        begin = time.thread_time()
        try:
            parsed = parse(query, typing=typing)
        except QueryError as error:
            if not (str(error) and 0 <= error.start <= error.end <= len(query) and error.query == query):
                return f"an error without a place: {error}"
            parsed = None
        seconds = time.thread_time() - begin
        if seconds > SLOWEST_SECONDS and (again := _seconds_to_parse(query, typing)) > SLOWEST_SECONDS:
            return f"{seconds:.3f} s and then {again:.3f} s to parse"
        if parsed is None:
            continue
        printed = to_text(parsed)
        if len(printed) <= MAX_CHARACTERS and parse(printed) != parsed:
            return f"reads otherwise when printed: {printed}"
        marks(parsed.node, "abstract", _PAPER.abstract or "")
        snippet(parsed.node, _PAPER)
        try:
            match(parsed.node, _PAPER, _CONTEXT)
        except QueryError:
            if "search:" not in printed:
                return "no saved search, and yet an error from match"
    complete(query, len(query) // 2)
    complete(query, len(query))
    return None


def faults(count: int, seed: int) -> tuple[list[tuple[str, str]], Counter[str]]:
    """Return the faults among `count` queries, and how many queries were understood."""
    source = random.Random(seed)
    found: list[tuple[str, str]] = []
    tally: Counter[str] = Counter()
    for _ in range(count):
        query = random_query(source)
        try:
            wrong = fault(query)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the find
            wrong = repr(error)
        if wrong:
            found.append((query, wrong))
        try:
            parse(query)
            tally["understood"] += 1
        except Exception:  # noqa: BLE001 - told above
            tally["refused"] += 1
    return found, tally


def main() -> int:
    """Run from the command line."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    begin = time.perf_counter()
    found, tally = faults(count, seed)
    for query, wrong in found[:20]:
        print(f"{query!r}: {wrong}")
    seconds = time.perf_counter() - begin
    print(f"{count} queries, seed {seed}, {seconds:.0f} s: {dict(tally)}, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
