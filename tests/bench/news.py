"""Time what is new: trends, the digest, the map of topics, on a library and on smaller ones made of its papers.

    python tests/bench/news.py LIBRARY [--sizes 1000 10000] [--rounds 3]

LIBRARY is the folder of an indexed library; it is read only. The smaller ones hold papers evenly spaced in it and lie
in a temporary folder. Times are the medians of whole calls, in seconds, with the index open. Then what rises in the
last years of LIBRARY is printed, to be judged by eye.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from readinglist.formats.digest_formats import DIGEST_FORMATS
from readinglist.formats.table import write
from readinglist.library import Library, Source

CALLS: dict[str, Callable[[Library], object]] = {
    "trends": lambda library: library.trends(),
    "digest by suggestion": lambda library: library.digest(by="suggestion"),
    "digest by search": lambda library: library.digest(by="search"),
    "digest by tag": lambda library: library.digest(by="tag"),
    "digest as a page": lambda library: "".join(DIGEST_FORMATS["html"](library.digest(by="search"))),
    "topic map": lambda library: library.topic_map(),
}


@contextmanager
def smaller(library: Library, size: int) -> Iterator[Library]:
    """Make a library of so many papers of another, evenly spaced."""
    ids = library.search("").ids
    chosen = [ids[place * len(ids) // size] for place in range(size)]
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder, "library")) as made:
        data = "".join(write(library.read_all(chosen), "jsonl")).encode()
        made.import_([Source("papers.jsonl", data=data)], large=True)
        made.wait_for_index()
        yield made


def measured(library: Library, rounds: int) -> dict[str, float]:
    """Return the median of some calls of each kind."""
    library.warm_up()
    found = {}
    for name, call in CALLS.items():
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            call(library)
            times.append(time.perf_counter() - started)
        found[name] = statistics.median(times)
    return found


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("library", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with Library.open(arguments.library, create=False) as library:
        columns: dict[int, dict[str, float]] = {}
        for size in arguments.sizes:
            with smaller(library, size) as made:
                columns[size] = measured(made, arguments.rounds)
        columns[library.search("", limit=1).total] = measured(library, arguments.rounds)
        print("seconds".ljust(22), *(f"{size:>9,}" for size in columns))
        for name in CALLS:
            print(name.ljust(22), *(f"{column[name]:9.2f}" for column in columns.values()))
        trends = library.trends(library.today() - timedelta(days=730), by="year", limit=20)
        print(f"\n{trends.late:,} papers since {trends.since}, {trends.early:,} before")
        for trend in trends.terms:
            print(f"{trend.score:6.1f} {trend.late:6,} {trend.early:6,}  {', '.join(trend.names)}")


if __name__ == "__main__":
    main()
