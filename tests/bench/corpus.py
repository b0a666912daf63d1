"""Documents and queries for the benchmarks of searching. Knows nothing of engines.

Everything is drawn with a seed: the same file gives the same documents and queries each time.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from readinglist.paper import Author, Paper, PaperId

COMMON = frozenset(
    re.findall(
        r"\w+",
        "the a an of and or to in for with on by is are be as at from that this we our can it its into via not "
        "using than their these which have has been between such both more most also show new based over under "
        "through when where while but how what",
    )
)
"""Words that no class of query is drawn from: stock Whoosh and many others leave them out."""

_WORD = re.compile(r"[a-z]{3,}")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in no engine's language: folded words, and how they belong together.

    `joined` is "and", "or" or "phrase"; `prefix` and `fuzzy` (one typing error) are about the last word.
    """

    words: tuple[str, ...]
    joined: str = "and"
    prefix: bool = False
    fuzzy: bool = False


def read_papers(path: Path, count: int | None = None, *, fields: str = "all", seed: int = 1) -> list[Paper]:
    """Return papers of a (gzipped) JSON Lines file, numbered from 1, in a drawn order so that a part is like the whole.

    `fields` "text" leaves title and abstract only.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        items = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(items)
    return [_paper(item, number, fields) for number, item in enumerate(items[:count], 1)]


def _paper(item: dict[str, Any], number: int, fields: str) -> Paper:
    title, abstract = item.get("title") or "", item.get("abstract") or None
    if fields == "text":
        return Paper(title, PaperId(number), abstract=abstract)
    keywords = item.get("keywords") or ()
    return Paper(
        title,
        PaperId(number),
        abstract=abstract,
        authors=tuple(Author(name) for name in item.get("authors") or ()),
        venue=item.get("venue") or None,
        year=item.get("year"),
        keywords=(keywords,) if isinstance(keywords, str) else tuple(keywords),
    )


def recombined(papers: Sequence[Paper], count: int, seed: int = 2) -> Iterator[Paper]:
    """Yield `count` papers made of the same words: halves of two titles, and sentences of any abstracts.

    Word frequencies and lengths stay as they are, so a posting list grows with the number of papers; the vocabulary
    does not grow, as it would in life.
    """
    drawn = random.Random(seed)
    titles = [paper.title.split() for paper in papers]
    sentences = [_SENTENCE_END.split(paper.abstract or "") for paper in papers]
    everything = [sentence for each in sentences for sentence in each if sentence]
    for number in range(1, count + 1):
        one, other = drawn.choice(titles), drawn.choice(titles)
        like = drawn.choice(papers)
        lengths = len(drawn.choice(sentences))
        yield Paper(
            " ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :]),
            PaperId(number),
            abstract=" ".join(drawn.choices(everything, k=lengths)),
            authors=like.authors,
            venue=like.venue,
            year=like.year,
            keywords=like.keywords,
        )


def write_lines(papers: Sequence[Paper], path: Path) -> None:
    """Write papers as JSON Lines, for an import."""
    with path.open("w", encoding="utf-8") as file:
        for paper in papers:
            item = {
                "title": paper.title,
                "abstract": paper.abstract,
                "authors": [author.name for author in paper.authors],
                "venue": paper.venue,
                "year": paper.year,
                "keywords": list(paper.keywords),
            }
            file.write(json.dumps({name: value for name, value in item.items() if value}) + "\n")


def misspelt(word: str, drawn: random.Random) -> str:
    """Return a word with one letter left out, changed or put in, the first and last left alone."""
    at = drawn.randrange(1, len(word) - 1)
    letter = drawn.choice(string.ascii_lowercase.replace(word[at], ""))
    before, after = word[:at], word[at + 1 :]
    return drawn.choice([before + after, before + letter + after, before + letter + word[at:]])


def draw_queries(papers: Sequence[Paper], each: int, seed: int = 5) -> dict[str, list[Asked]]:
    """Draw so many queries of every class from the papers' own words."""
    drawn = random.Random(seed)
    titles = [paper.title.lower() for paper in papers]
    words_of = [_WORD.findall(title) for title in titles]
    frequency: Counter[str] = Counter()
    for paper, words in zip(papers, words_of, strict=True):
        frequency.update({*words, *_WORD.findall((paper.abstract or "").lower())} - COMMON)

    def some(low: float, high: float, shortest: int = 3) -> list[str]:
        words = sorted(w for w, n in frequency.items() if low <= n < high and len(w) >= shortest)
        return drawn.sample(words, min(each, len(words)))

    def of_titles(count: int, shortest: int = 3) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        while len(found) < each:
            good = {w for w in drawn.choice(words_of) if frequency[w] > 20 and len(w) >= shortest}
            if len(good) >= count:
                found.append(tuple(drawn.sample(sorted(good), count)))
        return found

    def phrases() -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        while len(found) < each:
            runs = re.findall(r"[a-z]+|[^a-z ]+", drawn.choice(titles))
            good = [(a, b) for a, b in pairwise(runs) if min(len(a), len(b)) > 2 < min(frequency[a], frequency[b]) / 20]
            if good:
                found.append(drawn.choice(good))
        return found

    total = len(papers)
    letters = "abcdefghijklmnopqrstuvwy"
    return {
        "common word": [Asked((word,)) for word in some(0.08 * total, 0.9 * total)],
        "rare word": [Asked((word,)) for word in some(2, 20)],
        "two words AND": [Asked(words) for words in of_titles(2)],
        "three words OR": [Asked(words, "or") for words in of_titles(3)],
        "phrase": [Asked(words, "phrase") for words in phrases()],
        "prefix, 1 letter": [Asked((letters[n % len(letters)],), prefix=True) for n in range(each)],
        "prefix, 3 letters": [Asked((word[:3],), prefix=True) for (word,) in of_titles(1, 6)],
        "word + 1 letter": [Asked((a, b[:1]), prefix=True) for a, b in of_titles(2, 5)],
        "word + 3 letters": [Asked((a, b[:3]), prefix=True) for a, b in of_titles(2, 5)],
        "fuzzy, 1 error": [Asked((misspelt(w, drawn),), fuzzy=True) for w in some(0.002 * total, 0.05 * total, 5)],
        "a keystroke": [asked for words in of_titles(2, 4)[: max(each // 12, 2)] for asked in _keystrokes(words)],
    }


def _keystrokes(words: Sequence[str]) -> Iterator[Asked]:
    """Yield what is asked after each letter of some words."""
    for number, word in enumerate(words):
        for length in range(1, len(word) + 1):
            yield Asked((*words[:number], word[:length]), prefix=True)
