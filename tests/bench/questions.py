"""Questions with known answers, for the benchmark of relevance. Knows nothing of engines.

Two kinds: a collection of questions with the documents judged relevant (Cranfield or another of the same shape), and
known items: what a reader types who remembers a few words of one paper.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import COMMON, Asked, misspelt

from readinglist.paper import Author, Paper, PaperId
from readinglist.text.words import fold, forms

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, the same as words for engines without our language, and the gain of each paper wanted.

    `typing`: it is being typed, the last word is not finished.
    """

    text: str
    asked: Asked
    wanted: Mapping[int, float]
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """Papers, and questions about them of one or several kinds."""

    name: str
    papers: Sequence[Paper]
    kinds: Mapping[str, Sequence[Question]] = field(default_factory=dict)


def judged(path: Path) -> Collection:
    """Read a JSON object: `docs` (key, title, abstract, authors), `queries` (key, text) and `relevant`.

    That is by a query's key and then a document's the gain. Papers are numbered from 1 as they stand.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    number = {item["key"]: place for place, item in enumerate(data["docs"], 1)}
    papers = [
        Paper(
            item.get("title") or f"Untitled {item['key']}",
            PaperId(number[item["key"]]),
            abstract=item.get("abstract") or None,
            authors=tuple(Author(name) for name in item.get("authors") or ()),
        )
        for item in data["docs"]
    ]
    typed: list[Question] = []
    by_or: list[Question] = []
    for query in data["queries"]:
        gains = data["relevant"].get(query["key"], {})
        wanted = {number[key]: float(gain) for key, gain in gains.items() if gain > 0 and key in number}
        words = tuple(forms(query["text"]))
        if wanted and words:
            typed.append(Question(query["text"], Asked(words), wanted))
            by_or.append(Question(" OR ".join(words), Asked(words, "or"), wanted))
    return Collection(data["name"], papers, {"typed as they stand": typed, "words joined by OR": by_or})


def known_items(papers: Sequence[Paper], each: int, seed: int = 11) -> dict[str, list[Question]]:
    """Draw papers, and for each what a reader may type to find it again, by the kind of typing."""
    drawn = random.Random(seed)
    kinds: dict[str, list[Question]] = {kind: [] for kind in _KINDS}
    order = drawn.sample(range(len(papers)), len(papers))
    for place in order:
        paper = papers[place]
        found = dict.fromkeys(_WORD.findall(f"{paper.title} {paper.abstract or ''}"))
        words = [word for word in found if word.lower() not in COMMON]
        if len(words) < 20:
            continue
        elsewhere = _WORD.findall(papers[drawn.randrange(len(papers))].title)
        for kind, make in _KINDS.items():
            chosen = drawn.sample(words, drawn.randint(3, 5))
            question = make(paper, chosen, elsewhere, drawn)
            if question is not None and len(kinds[kind]) < each:
                kinds[kind].append(question)
        if all(len(questions) == each for questions in kinds.values()):
            break
    return kinds


def _question(paper: Paper, words: Sequence[str], text: str | None = None, **how: bool) -> Question:
    typing = how.get("prefix", False)
    text = " ".join(words) if text is None else text
    return Question(text, Asked(tuple(forms(" ".join(words))), **how), {paper.id: 1.0}, typing)


def _plain(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question:
    return _question(paper, words)


def _two_and_author(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    """Two words and a family name that has accents, all of it without accents and in lower case."""
    names = [author.name.split()[-1] for author in paper.authors if author.name]
    accented = [name for name in names if not name.isascii() and name.isalpha()]
    return _question(paper, [fold(word) for word in (*words[:2], drawn.choice(accented))]) if accented else None


def _prefix(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    last = fold(words[-1])
    return (
        _question(paper, [*words[:-1], last[: drawn.randint(3, len(last) - 1)]], prefix=True) if len(last) > 4 else None
    )


def _with_mistake(words: list[str], drawn: random.Random) -> list[str] | None:
    """Return the words with a mistake in one of them, which comes last."""
    long = [word for word in words if len(word) > 4 and word.isascii()]
    if not long:
        return None
    wrong = drawn.choice(long)
    return [*(word for word in words if word != wrong), misspelt(wrong.lower(), drawn)]


def _mistake(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    found = _with_mistake(words, drawn)
    return _question(paper, found) if found else None


def _marked_mistake(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    found = _with_mistake(words, drawn)
    return _question(paper, found, " ".join(found) + "~", fuzzy=True) if found else None


def _false_memory(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    """One of the words is from another paper."""
    return _question(paper, [*words[:-1], drawn.choice(elsewhere)]) if elsewhere else None


def _in_a_row(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    """Six words as they stand in the abstract, the small ones too."""
    row = _WORD.findall(paper.abstract or "")
    first = drawn.randrange(max(len(row) - 6, 1))
    return _question(paper, row[first : first + 6]) if len(row) > 6 else None


def _of_title(paper: Paper, words: list[str], elsewhere: list[str], drawn: random.Random) -> Question | None:
    """Two words of the title: many papers have both somewhere."""
    title = [word for word in dict.fromkeys(_WORD.findall(paper.title)) if word.lower() not in COMMON]
    return _question(paper, drawn.sample(title, 2)) if len(title) > 2 else None


_Make = Callable[[Paper, list[str], list[str], random.Random], Question | None]
_KINDS: dict[str, _Make] = {
    "3-5 words": _plain,
    "2 words of the title": _of_title,
    "6 words in a row": _in_a_row,
    "last word cut": _prefix,
    "one mistake, as typed": _mistake,
    "one mistake, marked ~": _marked_mistake,
    "one word of another paper": _false_memory,
    "2 words and a name, no accents": _two_and_author,
}
