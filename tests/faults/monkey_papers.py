"""Invented papers of every kind, and texts to type, for the monkey."""

from __future__ import annotations

import json
import random
from pathlib import Path

from readinglist.assets import resource
from readinglist.formats.source import Source
from readinglist.library import Library

_ADJECTIVES = ["quiet", "borrowed", "windward", "hollow", "patient", "oblique", "salted", "amber", "sideways", "late"]
_NOUNS = [
    "herring",
    "lantern",
    "harbour",
    "ledger",
    "tide",
    "compass",
    "orchard",
    "ferry",
    "almanac",
    "kettle",
    "atlas",
]
_VERBS = ["counts", "forgets", "carries", "repairs", "measures", "outlives", "translates", "mislays"]
_TAGS = ("sea", "sea/tides", "sea/fish", "food", "food/herring", "rope work", "été", "méthode/très longue")
_STATUSES = ("inbox", "inbox", "inbox", "next", "next", "reading", "later", "read", "archived")
_ODD: tuple[dict[str, object], ...] = (
    {"title": "A title " + "that does not end " * 30, "abstract": "Short."},
    {"title": "Without an abstract", "status": "next"},
    {
        "title": "$\\mathcal{O}(n^2)$ and $x_{i+1} \\le \\alpha$",
        "abstract": "We show $\\sum_i x_i < 1$ & <b>no</b> <img>.",
    },
    {"title": "كتاب عن البحر", "abstract": "نص قصير عن السفن والمنارات.", "authors": ["سارة"]},
    {"title": "灯台と霧", "abstract": "灯台を一年間観察する。船の偏りが残りを説明する。", "authors": ["田中"]},
    {"title": "Emoji 🐟 in 👩‍🔬 titles", "abstract": "🐟 " * 200, "note": "![](file:///etc/passwd) <script>"},
    {"title": "Many authors", "authors": [f"Author Number{n}" for n in range(300)], "abstract": "Many wrote this."},
    {"title": "One long word", "abstract": "x" * 5_000},
    {
        "title": "Long abstract",
        "abstract": "A sentence about tides and herring. " * 400,
        "note": "# Head\n\n* a\n* b\n" * 40,
    },
    {"title": "Many tags", "tags": [f"many/{n}" for n in range(60)]},
    {"title": "Put off", "status": "later", "until": "2020-01-01"},
    {"title": "Put off for long", "status": "later", "until": "2099-01-01", "starred": True},
)

SEARCHES = (
    "tide",
    "herring lantern",
    "tag:sea",
    "tag:sea/ti",
    "is:starred",
    "is:unread -tag:food",
    '"quiet harbour"',
    "year:2020..2024",
    "added:thisweek sort:title",
    "author:number",
    "is:foo",
    "(tide OR",
    "added:2026-15",
    "auhtor:x",
    "has:note note:head",
    "hering",
    "灯台",
    "x" * 60,
    "",
    " ",
    "tide ",
)
PLAIN_SEARCHES = (
    "tide",
    "herring OR lantern",
    "tag:sea",
    "is:starred",
    "has:note",
    "is:next",
    '"quiet harbour"',
    "kettle -amber",
    "year:2015..2020",
)
TEXTS = (
    "tide",
    "a new tag",
    "sea/deep",
    "**bold** and $x^2$",
    "2027-01-31",
    "friday",
    "line\nbreak",
    "🐟",
    "#1",
    "",
    "]]><&\"'\\",
    "longer text about a harbour, a kettle and the tide that counts them",
)


def papers(count: int = 60) -> list[dict[str, object]]:
    """Return invented papers, the same each time."""
    drawn = random.Random(4)
    made: list[dict[str, object]] = list(_ODD)
    while len(made) < count:
        made.append(_paper(drawn, len(made)))
    return made


def _paper(drawn: random.Random, number: int) -> dict[str, object]:
    title = f"The {drawn.choice(_ADJECTIVES)} {drawn.choice(_NOUNS)} {drawn.choice(_VERBS)} the {drawn.choice(_NOUNS)}"
    words = [drawn.choice(_ADJECTIVES + _NOUNS + _VERBS) for _ in range(drawn.randint(10, 160))]
    paper: dict[str, object] = {
        "title": f"{title} ({number})",
        "abstract": " ".join(words).capitalize() + ". Code: https://github.com/example/tides",
        "authors": [f"{drawn.choice(_NOUNS).title()} {drawn.choice(_ADJECTIVES).title()}" for _ in range(number % 5)],
        "year": 1990 + drawn.randrange(36),
        "venue": f"Journal of {drawn.choice(_NOUNS).title()}s",
        "tags": drawn.sample(_TAGS, drawn.randrange(4)),
        "status": drawn.choice(_STATUSES),
        "starred": drawn.random() < 0.2,
    }
    if drawn.random() < 0.3:
        paper["note"] = f"Read **{drawn.choice(_NOUNS)}** again."
    if drawn.random() < 0.4:
        paper["doi"] = f"10.1000/{number}"
    return paper


def some_lines(drawn: random.Random) -> str:
    """Return some of a hundred papers as an export; most of them are new only once."""
    chosen = [_paper(random.Random(n), 1_000 + n) for n in drawn.sample(range(100), 4)]
    return "\n".join(json.dumps({k: v for k, v in paper.items() if k != "status"}) for paper in chosen)


def make_library(folder: Path) -> None:
    """Make the library that the monkey plays with."""
    data = "\n".join(json.dumps(paper) for paper in papers()).encode()
    with Library.open(folder) as library:
        library.import_([Source("papers.jsonl", data=data), Source("samples", path=resource("samples/papers.jsonl"))])
        for number in library.search("tide").ids[:3]:
            words = (library.paper(number).abstract or "").split()
            library.highlight(number, " ".join(words[:4]), comment="why?")
        library.save_search("tides", "tide sort:year")
        library.save_search("unread", "is:unread")
        library.wait_for_index()
