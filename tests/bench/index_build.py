"""Measure the index alone: build, size, memory, opening, queries by class, edits.

    python tests/bench/index_build.py PAPERS.jsonl.gz [--count N] [--queries N] [--best-of N] [--no-fold]

PAPERS holds one JSON object a line with title, abstract, authors, venue and keywords. Queries are drawn from its own
words, the same ones each time. Each figure is that of `Index.search` and choosing the best 50; building and searching
are processes of their own, so that memory is theirs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Author, Paper, PaperId
from readinglist.query.nodes import And, Filter, Node, Or, Text

STAMP = Stamp("bench")
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "for",
        "with",
        "on",
        "by",
        "is",
        "are",
        "be",
        "as",
        "at",
        "from",
        "that",
        "this",
        "we",
        "our",
        "can",
        "it",
        "its",
        "into",
        "via",
        "not",
        "using",
        "than",
        "their",
        "these",
        "which",
        "have",
        "has",
        "been",
        "between",
        "such",
        "both",
        "more",
        "most",
        "also",
        "show",
        "new",
        "based",
        "over",
        "under",
        "through",
        "when",
        "where",
        "while",
        "but",
        "how",
        "what",
    ]
)
_WORD = re.compile(r"[a-z]{3,}")


def papers(path: Path, count: int | None) -> Iterator[Paper]:
    """Yield the papers of a file, numbered from 1."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count), 1):
            item = json.loads(line)
            keywords = item.get("keywords") or []
            yield Paper(
                id=PaperId(number),
                title=item.get("title") or "",
                abstract=item.get("abstract"),
                authors=tuple(Author(name) for name in item.get("authors") or ()),
                venue=item.get("venue"),
                keywords=tuple([keywords] if isinstance(keywords, str) else keywords),
            )


def queries(path: Path, count: int | None, each: int) -> dict[str, list[Node]]:
    """Draw queries of every class from the papers' own words."""
    drawn = random.Random(5)
    titles: list[list[str]] = []
    frequency: Counter[str] = Counter()
    pairs: list[list[tuple[str, str]]] = []
    for paper in papers(path, count):
        title = _WORD.findall(paper.title.lower())
        titles.append(title)
        frequency.update(set(title).union(_WORD.findall((paper.abstract or "").lower())))
        runs = re.findall(r"[a-z]+|[^a-z ]+", paper.title.lower())
        pairs.append(list(pairwise(runs)))
    total = len(titles)

    def some(low: float, high: float) -> list[str]:
        words = sorted(w for w, n in frequency.items() if low <= n < high and w not in _COMMON)
        return drawn.sample(words, min(each, len(words)))

    def of_titles(words: int, shortest: int = 3) -> list[list[str]]:
        found: list[list[str]] = []
        while len(found) < each:
            good = {w for w in drawn.choice(titles) if w not in _COMMON and frequency[w] > 20 and len(w) >= shortest}
            if len(good) >= words:
                found.append(drawn.sample(sorted(good), words))
        return found

    def phrases() -> list[str]:
        found: list[str] = []
        while len(found) < each:
            good = [
                f"{a} {b}"
                for a, b in drawn.choice(pairs)
                if min(frequency[a], frequency[b]) > 50 and not {a, b} & _COMMON
            ]
            if good:
                found.append(drawn.choice(good))
        return found

    def typo(word: str) -> str:
        at = drawn.randrange(1, len(word) - 1)
        letter = drawn.choice(string.ascii_lowercase)
        return drawn.choice(
            [word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:]]
        )

    letters = [letter for letter in string.ascii_lowercase if letter not in "xz"]
    return {
        "common word": [Text(word) for word in some(0.08 * total, 0.9 * total)],
        "middling word": [Text(word) for word in some(0.002 * total, 0.05 * total)],
        "rare word": [Text(word) for word in some(2, 20)],
        "two words AND": [And(tuple(map(Text, words))) for words in of_titles(2)],
        "three words AND": [And(tuple(map(Text, words))) for words in of_titles(3)],
        "three words OR": [Or(tuple(map(Text, words))) for words in of_titles(3)],
        "phrase": [Text(phrase) for phrase in phrases()],
        "prefix, 1 letter": [Text(letters[n % len(letters)], prefix=True) for n in range(each)],
        "prefix, 3 letters": [Text(words[0][:3], prefix=True) for words in of_titles(1, 6)],
        "prefix, 5 letters": [Text(words[0][:5], prefix=True) for words in of_titles(1, 6)],
        "word + 1 letter": [And((Text(a), Text(b[:1], prefix=True))) for a, b in of_titles(2, 5)],
        "word + 3 letters": [And((Text(a), Text(b[:3], prefix=True))) for a, b in of_titles(2, 5)],
        "fuzzy, 1 error": [Text(typo(w), fuzzy=1) for w in some(0.002 * total, 0.05 * total) if len(w) > 4],
    }


def per_cent(seconds: list[float], share: int) -> float:
    """Return a percentile in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, round(share / 100 * (len(seconds) - 1)))] * 1e3


def megabytes() -> dict[str, int]:
    """Return the peak of resident memory, and the private memory now where the system tells."""
    result = {"peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.exists():
        private = re.findall(r"Private_\w+:\s+(\d+)", rollup.read_text())
        result["uss_mb"] = sum(map(int, private)) // 1024
    return result


def disk(folder: Path) -> float:
    """Return the size of a folder's files in MB."""
    return round(sum(file.stat().st_size for file in folder.iterdir()) / 1e6, 1)


def build(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Build the index, reading the papers as they are wanted; reading is not counted."""
    spent = 0.0

    def timed() -> Iterator[Paper]:
        nonlocal spent
        source = papers(arguments.papers, arguments.count)
        while True:
            start = time.perf_counter()
            paper = next(source, None)
            spent += time.perf_counter() - start
            if paper is None:
                return
            yield paper

    index = Index.open(folder, STAMP)
    before = megabytes()
    start = time.perf_counter()
    index.update(timed(), [], last_seq=1)
    seconds = time.perf_counter() - start - spent
    result: dict[str, Any] = {
        "papers": index.count,
        "papers_per_second": round(index.count / seconds),
        "seconds": round(seconds, 2),
        "reading_seconds": round(spent, 2),
        "disk_mb": disk(folder),
        "before": before,
        "after": megabytes(),
    }
    if arguments.fold:
        start = time.perf_counter()
        index.fold()
        result |= {
            "fold_seconds": round(time.perf_counter() - start, 2),
            "folded_disk_mb": disk(folder),
            "after_fold": megabytes(),
        }
    return result


def no_filters(_: Filter) -> Any:
    """Answer no filter: the queries have none."""
    raise NotImplementedError


def ask(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Open the index and time the queries, then edits."""
    start = time.perf_counter()
    index = Index.open(folder, STAMP)
    opened = time.perf_counter()
    everything = np.arange(1, index.count + 1)

    def run(node: Node) -> int:
        found = index.search(node, filters=no_filters, everything=lambda: everything)
        scores = found.scores
        if len(scores) > 50:
            best = np.argpartition(-scores, 50)[:50]
            best = best[np.argsort(-scores[best])]
        else:
            best = np.argsort(-scores)
        found.ids[best].tolist()
        return len(found.ids)

    run(Text("robot"))
    result: dict[str, Any] = {
        "open_ms": round((opened - start) * 1e3, 1),
        "first_query_ms": round((time.perf_counter() - opened) * 1e3, 1),
        "memory_before_queries": megabytes(),
        "classes": time_classes(arguments, run),
    }
    seconds: list[float] = []
    sample = list(islice(papers(arguments.papers, arguments.count), 300))
    for number, paper in enumerate(sample):
        edited = replace(paper, note=f"Edited for measurement {number}")
        start = time.perf_counter()
        index.update([edited], [], last_seq=2 + number)
        run(Text("measurement"))
        seconds.append(time.perf_counter() - start)
    result["edit_ms"] = [round(per_cent(seconds, share), 1) for share in (50, 95, 100)]
    result["after_edits"] = time_classes(arguments, run)
    return result


def time_classes(arguments: argparse.Namespace, run: Callable[[Node], int]) -> dict[str, list[float]]:
    """Return for each class p50, p95, the worst (ms) and the mean number of hits."""
    table: dict[str, list[float]] = {}
    for name, nodes in queries(arguments.papers, arguments.count, arguments.queries).items():
        for node in nodes[:3]:
            run(node)
        seconds: list[float] = []
        hits = 0
        for node in nodes:
            runs: list[float] = []
            for _ in range(arguments.best_of):
                start = time.perf_counter()
                found = run(node)
                runs.append(time.perf_counter() - start)
            seconds.append(min(runs))
            hits += found
        table[name] = [round(per_cent(seconds, share), 2) for share in (50, 95, 100)] + [hits / len(nodes)]
    return table


def main() -> None:
    """Run both parts and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--best-of", type=int, default=1, help="ask each query so often; the quickest counts")
    parser.add_argument("--no-fold", dest="fold", action="store_false")
    parser.add_argument("--part", choices=("build", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="keep the index here")
    arguments = parser.parse_args()
    if arguments.part:
        part = build if arguments.part == "build" else ask
        print(json.dumps(part(arguments, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary) / "index"
        for part_name in ("build", "ask"):
            command = [sys.executable, __file__, *sys.argv[1:], "--part", part_name, "--folder", str(folder)]
            output = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout
            report(json.loads(output))


def report(result: dict[str, Any]) -> None:
    """Print one part's figures, tables as tables."""
    for key, value in result.items():
        if isinstance(value, dict) and key in ("classes", "after_edits"):
            print(f"\n{key}: ms p50, p95, worst; mean hits")
            for name, figures in value.items():
                print(f"  {name:20}" + "".join(f"{figure:9.2f}" for figure in figures[:3]) + f"{figures[3]:9.0f}")
            product = np.exp(np.mean([np.log(figures[1]) for figures in value.values()]))
            print(f"  {'geometric mean':20}{'':9}{product:9.2f}")
        else:
            print(f"{key}: {value}")


if __name__ == "__main__":
    main()
