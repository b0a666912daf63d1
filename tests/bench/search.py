"""Measure searching: every class of query, our engine and library beside FTS5, tantivy and stock Whoosh.

    python tests/bench/search.py FILE [--sizes 10000 87000 1000000] [--plot growth.png] [--json figures.json]

FILE holds papers, one JSON object a line, gzipped or not. All engines get the same papers and queries in one run, and
take turns class by class, so that the machine's mood hits them alike; each lives in a process of its own. A size
beyond what FILE holds is made of its words (see `corpus.recombined`); 0 stands for all of it. Figures are those of the
best 50 and the exact number of papers, warm. Engines that are not installed are said to be absent (`pip install
readinglist[bench]`).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from corpus import draw_queries, read_papers, recombined
from served import ENGINES, Served, absent

from readinglist.paper import Paper

_SLOW_TO_BUILD = {"Whoosh": 100_000}
"""Engines and the most papers that they are asked to build an index of: more take hours."""

_ROWS = {
    "build, papers a second": ("build_per_s", 1, 0),
    "tidying up afterwards, s": ("tidy_s", 1, 1),
    "building took memory, MB": ("peak_mb", 1, 0),
    "on disk, MB": ("disk_mb", 1, 0),
    "open, with imports, ms": ("cold_open_s", 1e3, 1),
    "open again, ms": ("open_s", 1e3, 1),
    "first query, ms": ("first_query_s", 1e3, 1),
    "private memory, queries asked, MB": ("memory_mb", 1, 0),
}
"""A row of the second table: the figure's name, what it is multiplied by, and its decimals."""

Figures = dict[str, Any]


def main() -> None:
    """Measure all sizes and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 0])
    parser.add_argument("--queries", type=int, default=100, help="of each class")
    parser.add_argument("--cap", type=float, default=20.0, help="seconds that an engine may spend on a class")
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--fields", choices=("all", "text"), default="all", help="text: title and abstract only")
    parser.add_argument("--plot", type=Path, help="draw p95 over the sizes here (needs matplotlib)")
    parser.add_argument("--json", type=Path, help="write all figures here")
    arguments = parser.parse_args()
    real = read_papers(arguments.file, fields=arguments.fields)
    results: dict[int, dict[str, Figures]] = {}
    for asked_size in arguments.sizes:
        size = asked_size or len(real)
        papers = real[:size] if size <= len(real) else list(recombined(real, size))
        results[size] = measure(papers, arguments)
        print(table(size, results[size], arguments), flush=True)
        if arguments.json:
            arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    if arguments.plot:
        from plot import draw_growth

        draw_growth(results, arguments.plot)


def measure(papers: Sequence[Paper], arguments: argparse.Namespace) -> dict[str, Figures]:
    """Return the figures of every engine on these papers: by name, or under "absent" why there are none."""
    queries = draw_queries(papers, arguments.queries)
    first = queries["two words AND"][0]
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        papers_file = Path(temporary) / "papers.pickle"
        papers_file.write_bytes(pickle.dumps(papers, protocol=pickle.HIGHEST_PROTOCOL))
        edited = papers[: arguments.queries]
        engines: dict[str, Served] = {}
        for name in arguments.engines:
            folder = Path(temporary) / name.replace(" ", "-")
            if absent(name):
                figures[name] = {"absent": "not installed"}
            elif len(papers) > _SLOW_TO_BUILD.get(name, len(papers)):
                figures[name] = {"absent": f"not tried beyond {_SLOW_TO_BUILD[name]:,} papers: it builds too slowly"}
            else:
                say(f"{len(papers):,} papers: building {name}")
                try:
                    folder.mkdir()
                    with Served(name, folder) as builder:
                        figures[name] = builder.call("build", papers_file)
                    engines[name] = stack.enter_context(Served(name, folder))
                    figures[name] |= engines[name].call("open", first) | {"classes": {}}
                except RuntimeError as error:
                    engines.pop(name, None)
                    figures[name] = {"absent": f"failed: {error}"}
        for kind, asked in queries.items():
            for name, engine in engines.items():
                say(f"{len(papers):,} papers: {kind}, {name}")
                times, hits = engine.call("ask", asked, arguments.cap)
                figures[name]["classes"][kind] = {"times_s": times, "of": len(asked), "hits": hits}
        for name, engine in engines.items():
            figures[name]["memory_mb"] = engine.call("memory")
        for name, engine in engines.items():
            say(f"{len(papers):,} papers: edits, {name}")
            figures[name]["visible_s"], figures[name]["indexed_s"] = engine.call("edits", edited, arguments.cap)
    return figures


def say(text: str) -> None:
    """Tell on stderr what is going on."""
    print(text, file=sys.stderr, flush=True)


def percentile_ms(times: Sequence[float], share: float) -> float:
    """Return a percentile of times (seconds) in milliseconds."""
    return sorted(times)[round(share * (len(times) - 1))] * 1e3


def table(size: int, figures: Mapping[str, Figures], arguments: argparse.Namespace) -> str:
    """Return the figures of one size as Markdown."""
    there = {name: each for name, each in figures.items() if "absent" not in each}
    cores, load = os.cpu_count(), os.getloadavg()[0]
    lines = [f"\n### {size:,} papers", "", f"p50/p95 in ms, {cores} cores, load {load:.1f}, fields: {arguments.fields}"]
    lines += ["", f"| class | {' | '.join(there)} | papers found |", "|---" * (len(there) + 2) + "|"]
    notes = [f"{name}: {each['absent']}" for name, each in figures.items() if "absent" in each]
    kinds = list(next(iter(there.values()))["classes"]) if there else []
    for kind in kinds:
        cells = []
        for each in there.values():
            one = each["classes"][kind]
            if not one["times_s"]:
                cells.append("none")
                continue
            mark = "" if len(one["times_s"]) == one["of"] else f" ({len(one['times_s'])} queries)"
            cells.append(two(one["times_s"]) + mark)
        hits = " / ".join(f"{each['classes'][kind]['hits']:,.0f}" for each in there.values())
        lines.append(f"| {kind} | {' | '.join(cells)} | {hits} |")
    means = []
    for each in there.values():
        logs = [math.log(percentile_ms(one["times_s"], 0.95)) for one in each["classes"].values() if one["times_s"]]
        means.append(math.exp(sum(logs) / len(logs)))
    lines.append(f"| geometric mean of p95 | {' | '.join(f'{mean:.2f}' for mean in means)} | |")
    lines += ["", f"| | {' | '.join(there)} |", "|---" * (len(there) + 1) + "|"]
    for label, (key, factor, decimals) in _ROWS.items():
        cells = [f"{each[key] * factor:,.{decimals}f}" for each in there.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    for label, key in {"one edit until found, ms": "visible_s", "until it is in the index, ms": "indexed_s"}.items():
        cells = [two(each[key]) if each[key] else "" for each in there.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    notes.append(f"Fewer queries where {arguments.cap:g} s for a class were over")
    notes.append("“our library” on disk: database and index")
    return "\n".join([*lines, "", *(f"{note}." for note in notes)])


def two(times: Sequence[float]) -> str:
    """Return p50/p95 as read best: three significant digits at most."""

    def figure(ms: float) -> str:
        return f"{ms:.2f}" if ms < 10 else f"{ms:.0f}"

    return f"{figure(percentile_ms(times, 0.5))}/{figure(percentile_ms(times, 0.95))}"


if __name__ == "__main__":
    main()
