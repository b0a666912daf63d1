"""Find the words of a text leaf in texts: what `match` and `marks` have in common.

Works on the forms and stems of `text.words`; knows nothing of trees. A text is cut and stemmed once and
remembered, so that hundreds of papers can be asked at every keystroke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from readinglist.paper import Paper
from readinglist.query.edits import within
from readinglist.query.nodes import Text
from readinglist.text.words import forms, stem

_BREAK = "\n"  # between two words; some forms have spaces inside (U+FDFA stands for four words)
_GAP = "\0"  # between two values, so that no phrase reaches from one into the next


def values(paper: Paper, field: str | None) -> tuple[str, ...]:
    """Return the texts of a field of the query language (of all of them: None), each a value of its own."""
    match field:
        case None:
            return tuple(
                chain(
                    _one(paper.title),
                    _one(paper.abstract),
                    (author.name for author in paper.authors),
                    _one(paper.note),
                    values(paper, "highlight"),
                    _one(paper.venue),
                    paper.keywords,
                )
            )
        case "title":
            return _one(paper.title)
        case "abstract":
            return _one(paper.abstract)
        case "author":
            return tuple(author.name for author in paper.authors)
        case "note":
            return _one(paper.note)
        case "highlight":
            return tuple(chain.from_iterable(_one(h.quote) + _one(h.comment) for h in paper.highlights))
        case "venue":
            return _one(paper.venue)
        case "keyword":
            return paper.keywords
        case _:
            raise ValueError(f"{field} is no text field")


def _one(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def found_in(leaf: Text, texts: tuple[str, ...]) -> bool:
    """Say whether one of `texts` holds what `leaf` looks for, whatever its field."""
    if not texts:
        return False
    needle = _needle(leaf)
    cut = _cut(texts)
    if not leaf.fuzzy:
        if needle.stem_line in cut.stem_line:
            return True
        if not leaf.prefix or needle.start not in cut.form_line:
            return False
        if len(needle.stems) == 1:
            return True
    found = cut.form_line.split(_BREAK)[1:-1]
    return next(places(leaf, found, cut.stem_line.split(_BREAK)[1:-1]), None) is not None


def places(leaf: Text, found_forms: Sequence[str], found_stems: Sequence[str]) -> Iterator[int]:
    """Yield where in a sequence of words the words of `leaf` begin. `found_stems` are the stems of `found_forms`."""
    needle = _needle(leaf)
    before = list(needle.stems[:-1])
    length = len(before)
    if not length and not leaf.fuzzy:
        yield from _single(leaf, needle, found_forms, found_stems)
        return
    for place in range(length, len(found_forms)):
        if _agrees(leaf, needle, found_forms[place], found_stems[place]) and (
            not length or list(found_stems[place - length : place]) == before
        ):
            yield place - length


def _single(leaf: Text, needle: _Needle, found_forms: Sequence[str], found_stems: Sequence[str]) -> list[int]:
    """Return where a leaf of one word agrees: what `places` would yield, in a fraction of the time."""
    wanted, last = needle.stems[-1], needle.last
    if leaf.prefix:
        return [n for n, form in enumerate(found_forms) if form.startswith(last) or found_stems[n] == wanted]
    return [n for n, found in enumerate(found_stems) if found == wanted]


def _agrees(leaf: Text, needle: _Needle, form: str, found_stem: str) -> bool:
    """Say whether a word is what the last form of a leaf looks for."""
    if leaf.fuzzy:
        return form[0] == needle.last[0] and within(needle.last, form, leaf.fuzzy)
    return found_stem == needle.stems[-1] or (leaf.prefix and form.startswith(needle.last))


@dataclass(frozen=True, slots=True)
class _Needle:
    """A leaf made ready; the lines are as those of `_Cut`, `start` is the beginning of a word."""

    stems: tuple[str, ...]
    last: str
    stem_line: str
    start: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """Texts made ready: their forms, and the stems of these, each with a break before and after it."""

    form_line: str
    stem_line: str


@lru_cache(maxsize=256)
def _needle(leaf: Text) -> _Needle:
    found = forms(leaf.text)
    stems = tuple(stem(form) for form in found)
    return _Needle(stems, found[-1], _line(stems), _BREAK + found[-1])


# Some 6 KB for a paper with an abstract; the papers asked one by one are 500 at most, by a few fields.
@lru_cache(maxsize=2048)
def _cut(texts: tuple[str, ...]) -> _Cut:
    found: list[str] = []
    for text in texts:
        found += forms(text)
        found.append(_GAP)
    return _Cut(_line(found), _line([stem(form) for form in found]))


def _line(found: Sequence[str]) -> str:
    return f"{_BREAK}{_BREAK.join(found)}{_BREAK}"
