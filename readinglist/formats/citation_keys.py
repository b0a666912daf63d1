"""What a paper is cited by in a manuscript: family name, year and the first telling word of the title.

A key must not change when the library grows: it is made of the paper alone, and where two papers of one export
have the same, the later one adds a piece of its own identity, not a letter in order.

    Paper("On the Order of Lists", authors=(Author("Ada Bo"),), year=2021) -> "bo2021order"
"""

from __future__ import annotations

import hashlib
import re

from readinglist.formats.publication import CITATION_KEY
from readinglist.paper import Paper
from readinglist.text.names import family_name
from readinglist.text.words import forms

_GIVEN = re.compile(r"[^\s,{}()\"#%=\\~'@\x00-\x20\x7f]{1,200}")
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an the of on in to for from with without and or by at as is are be do does how why what when where which
        who toward towards via using der die das ein eine le la les un une""",
    )
)


class CitationKeys:
    """The keys of one export: each is given once, whatever its case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, paper: Paper) -> str:
        """Return the key of a paper: the one it came with, or one made of it."""
        given = paper.extra.get(CITATION_KEY)
        key = given if isinstance(given, str) and _GIVEN.fullmatch(given) else made_key(paper)
        if key.lower() in self._taken:
            mark = _mark_of(paper)
            key = next(
                longer for n in range(4, len(mark)) if (longer := f"{key}-{mark[:n]}").lower() not in self._taken
            )
        self._taken.add(key.lower())
        return key


def made_key(paper: Paper) -> str:
    """Return the key that is made of a paper; letters are ASCII where there are such for them."""
    author = paper.authors[0] if paper.authors else None
    family = (author.family or family_name(author.name)) if author else ""
    if author and author.family == author.name:  # an institution
        family = next(iter(forms(author.name)), "")
    year = str(paper.year) if paper.year else (paper.published or "nd")[:4]
    words = forms(paper.title)
    word = next((word for word in words if word not in _SMALL_WORDS and len(word) > 1), words[0] if words else "")
    return f"{''.join(forms(family))[:30] or 'anon'}{year}{word[:30]}"


def _mark_of(paper: Paper) -> str:
    """Return some sixty characters that stand for this paper and no other, letter by letter the same each time."""
    identity = paper.uid or "\n".join(filter(None, (paper.title, paper.doi, paper.arxiv_id, paper.url, paper.abstract)))
    marks = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
    return marks + "".join(format(n, "x") for n in range(4096))
