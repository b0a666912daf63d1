"""Measure relevance: do the papers that are wanted come first? Our library beside FTS5, tantivy and stock Whoosh.

    python tests/bench/relevance.py JUDGED [PAPERS] [--items 300] [--count N]

JUDGED is a collection with judged questions (see `questions.judged`): nDCG@10 and recall@50 of each question typed as
it stands, and as words joined by OR. PAPERS, one JSON object a line, are for known items: success@1, success@10 and
the mean reciprocal rank of one paper that a few words were taken from. What finds nothing as it stands is asked once
more with its words joined by OR, of every engine: ours does so by itself. (A word that is still being typed is not.)
An engine that takes too long for a kind of question is judged by those it has answered.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus import read_papers
from ours import OurLibrary
from questions import Collection, Question, judged, known_items
from rivals import Engine, Fts5, StockWhoosh, Tantivy
from served import absent

from readinglist.errors import QueryError

_LIMIT = 50
_CAP_S = 30.0
"""So long an engine may take for a kind of question; then it is judged by those it has answered."""

_RIVALS: tuple[type[Engine], ...] = (Fts5, Tantivy, StockWhoosh)

Answer = Callable[[Question], list[int]]
"""Returns the numbers of the papers found, the best first, 50 at most. Raises NotImplementedError."""


def gain_at(ids: Sequence[int], wanted: Mapping[int, float], most: int = 10) -> float:
    """Return nDCG: the discounted gain of the first so many, as a share of what is possible."""

    def discounted(gains: Sequence[float]) -> float:
        return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:most]))

    best = discounted(sorted(wanted.values(), reverse=True))
    return discounted([wanted.get(number, 0.0) for number in ids]) / best


def recall_at(ids: Sequence[int], wanted: Mapping[int, float], most: int = 50) -> float:
    """Return the share of the wanted papers that is among the first so many."""
    return len(wanted.keys() & set(ids[:most])) / len(wanted)


def reciprocal_rank(ids: Sequence[int], wanted: Mapping[int, float], most: int = 50) -> float:
    """Return 1 by the place of the first wanted paper, 0 where none is among the first so many."""
    return next((1 / place for place, number in enumerate(ids[:most], 1) if number in wanted), 0.0)


JUDGED = {"nDCG@10": gain_at, "recall@50": recall_at}
KNOWN = {
    "success@1": lambda ids, wanted: recall_at(ids, wanted, 1),
    "success@10": lambda ids, wanted: recall_at(ids, wanted, 10),
    "MRR": reciprocal_rank,
}


def our_answer(library: Any) -> Answer:
    """Answer as the library does for a reader; what cannot be parsed finds nothing."""

    def answer(question: Question) -> list[int]:
        try:
            return list(library.search(question.text, limit=_LIMIT, typing=question.typing).ids)
        except QueryError:
            return []

    return answer


def rival_answer(engine: Engine) -> Answer:
    """Answer with all of the words, and, where that finds nothing, with any of them."""

    def answer(question: Question) -> list[int]:
        total, ids = engine.find(question.asked, _LIMIT)
        if not total and not question.typing and question.asked.joined == "and":
            _, ids = engine.find(replace(question.asked, joined="or"), _LIMIT)
        return ids

    return answer


def scores(answer: Answer, questions: Sequence[Question], measures: Mapping[str, Any]) -> dict[str, float] | None:
    """Return the mean of each measure over the questions, and how many were "answered"; None where it cannot."""
    sums = dict.fromkeys(measures, 0.0)
    begun = time.perf_counter()
    answered = 0
    for question in questions:
        try:
            ids = answer(question)
        except NotImplementedError:
            return None
        for name, measure in measures.items():
            sums[name] += measure(ids, question.wanted)
        answered += 1
        if time.perf_counter() - begun > _CAP_S:
            break
    return {name: total / answered for name, total in sums.items()} | {"answered": answered}


def table(collection: Collection, answers: Mapping[str, Answer], measures: Mapping[str, Any]) -> str:
    """Return the means of all engines for every kind of question as Markdown, the best of each in bold."""
    lines = [f"\n### {collection.name}: {len(collection.papers):,} papers, load {os.getloadavg()[0]:.1f}", ""]
    lines += [f"| question | measure | {' | '.join(answers)} |", "|---" * (len(answers) + 2) + "|"]
    for kind, questions in collection.kinds.items():
        found = {name: scores(answer, questions, measures) for name, answer in answers.items()}
        for measure in measures:
            values = {name: None if each is None else round(each[measure], 3) for name, each in found.items()}
            best = max(value for value in values.values() if value is not None)
            cells = []
            for name, value in values.items():
                cell = "none" if value is None else f"**{value:.3f}**" if value == best else f"{value:.3f}"
                answered = (found[name] or {}).get("answered", len(questions))
                cells.append(cell if answered == len(questions) else f"{cell} (of {answered:.0f})")
            lines.append(f"| {kind} ({len(questions)}) | {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def rivals(papers: Sequence[Any], folder: Path) -> dict[str, Answer]:
    """Build the other engines that are installed."""
    answers: dict[str, Answer] = {}
    for engine_class in _RIVALS:
        if absent(engine_class.name):
            print(f"{engine_class.name} is absent and left out.")
            continue
        start = time.perf_counter()
        engine = engine_class(folder / engine_class.name)
        engine.build(papers)
        engine.tidy()
        answers[engine.name] = rival_answer(engine)
        print(f"{engine.name} built in {time.perf_counter() - start:.0f} s", flush=True)
    return answers


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judged", type=Path)
    parser.add_argument("papers", type=Path, nargs="?")
    parser.add_argument("--items", type=int, default=300, help="known items of each kind")
    parser.add_argument("--count", type=int, help="take so many of the papers only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        collection = judged(arguments.judged)
        folder = Path(temporary) / "judged"
        ours = OurLibrary(folder / "ours")
        ours.add_each(collection.papers)
        answers = {ours.name: our_answer(ours.library)} | rivals(collection.papers, folder)
        print(table(collection, answers, JUDGED), flush=True)
        ours.library.close()
        if arguments.papers is None:
            return
        folder = Path(temporary) / "known"
        ours = OurLibrary(folder / "ours")
        ours.build(read_papers(arguments.papers, arguments.count))
        papers = ours.papers()
        known = Collection("Known items", papers, known_items(papers, arguments.items))
        answers = {ours.name: our_answer(ours.library)} | rivals(papers, folder)
        print(table(known, answers, KNOWN), flush=True)
        ours.library.close()


if __name__ == "__main__":
    main()
