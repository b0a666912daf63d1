"""How well a few typed letters fit a name, and which letters of it they are. Pure, and quick: 2,000 names in some ms.

Each word typed must be found, in any order: as it stands, or letter by letter with the beginnings of words first
("gi" in "Go to Inbox"). Case and accents do not count.

>>> match(["gi"], folded("Go to Inbox"))
Match(score=19.0, places=(0, 6))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from readinglist.text.words import fold

_STARTS_WORD, _FOLLOWS, _ANYWHERE = 10.0, 8.0, 1.0
_WHOLE, _AT_START = 12.0, 8.0
_SKIPPED = 0.2
_POOR = 3.0
"""Letters of a word that fit worse than this on average are scattered about, and no match."""


class Match(NamedTuple):
    """`places` are the letters that fit, ascending, in code points."""

    score: float
    places: tuple[int, ...]


def folded(text: str) -> str:
    """Return a text to match in, with as many characters as it has."""
    if text.isascii():
        return text.lower()
    return "".join((fold(character) or " ")[0] for character in text)


def match(words: Sequence[str], text: str) -> Match | None:
    """Return how well all of the folded `words` fit the folded `text`; None when one does not."""
    score = 0.0
    places: set[int] = set()
    for word in words:
        found = _whole(word, text) or _scattered(word, text)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Match(score, tuple(sorted(places)))


def _whole(word: str, text: str) -> Match | None:
    first = place = text.find(word)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(word, place + 1)
    if place < 0:
        if first < 0 or len(word) == 1:  # one letter within a word says nothing
            return None
        return Match(_FOLLOWS * len(word), tuple(range(first, first + len(word))))
    score = _FOLLOWS * len(word) + _WHOLE + (_AT_START if place == 0 else 0.0)
    return Match(score, tuple(range(place, place + len(word))))


def _scattered(word: str, text: str) -> Match | None:
    """Return a match letter by letter, beginning with a word that starts with the first letter."""
    best: Match | None = None
    place = text.find(word[0])
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum():
            found = _from(word, text, place, leaping=True) or _from(word, text, place, leaping=False)
            if found is not None and (best is None or found.score > best.score):
                best = found
        place = text.find(word[0], place + 1)
    return best if best is not None and best.score >= _POOR * len(word) else None


def _from(word: str, text: str, place: int, *, leaping: bool) -> Match | None:
    """Return the match that begins at `place`; `leaping` takes a letter where a word begins before a nearer one."""
    score = _STARTS_WORD
    places = [place]
    for letter in word[1:]:
        after = place + 1
        if text[after : after + 1] == letter:
            place = after
            score += _FOLLOWS
        else:
            found = text.find(letter, after)
            if found < 0:
                return None
            place = found
            while leaping and place >= 0 and text[place - 1].isalnum():
                place = text.find(letter, place + 1)
            place = found if place < 0 else place
            score += _ANYWHERE if text[place - 1].isalnum() else _STARTS_WORD
            score -= _SKIPPED * min(20, place - after)
        places.append(place)
    return Match(score, tuple(places))
