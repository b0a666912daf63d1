"""Attach a highlight to a passage of an abstract, and find the passage again when the abstract has changed.

W3C Web Annotation Data Model §4.2.4 and §4.2.5: a text-quote selector (the passage, and 32 code points on
either side) and a text-position selector (code points). A highlight that has a place keeps
`abstract[highlight.start : highlight.end] == highlight.quote`. Knows nothing of where highlights are kept.

A passage is found again by its words, whatever the white space between them; among several such places it is
the one whose surroundings agree best, and among equals the nearest to the old one. Else it is the most
similar passage. To be believed, the text beside it must agree too: whoever edits an abstract in one place,
outside the passage, leaves one side of it as it was, and inside it, both. Where that fails, only a quote that
cannot well stand elsewhere by chance (`TELLING`, `SIMILAR_ALONE`) is believed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from readinglist.errors import ReadingListError
from readinglist.paper import COLOURS, Highlight
from readinglist.phrase import phrase
from readinglist.text.clean import clean_text

CONTEXT = 32
"""Code points of prefix and of suffix that a highlight keeps."""
SIDE_AGREES = 8
"""Code points beside a passage that must be equal for a side to agree; all of them where there are fewer."""
TELLING = 24
"""Code points from which a quote found word for word is the passage, whatever is around it."""
SIMILAR = 75.0
"""Per cent of similarity for a changed passage: if both sides agree, or one and the quote is `TELLING`."""
SIMILAR_ALONE = 85.0
"""The same for a `TELLING` quote where neither side agrees."""

# Bounds on the cost: an abstract may be 1 MB, and a quote as long.
_SHOWN_PLACES = 10
_MOST_PLACES = 500
_MOST_COMPARED = 20_000_000  # code points over all places tried
_PIECE = 64  # what rapidfuzz compares in one machine word: 10 ms a megabyte
_LONGEST_FITTED = 2_000  # quotes whose ends are fitted word by word
_LONGEST_SIMILAR = 50_000  # quotes that are looked for by similarity at all: 40 ms a comparison


def make_highlight(
    abstract: str,
    quote: str,
    *,
    start: int | None = None,
    comment: str | None = None,
    colour: str = "yellow",
    id: str,  # noqa: A002 - the name of the field
    created: str,
) -> Highlight:
    """Return a highlight of the passage `quote`, which begins at `start` if it stands more than once.

    The quote kept is the abstract's own text; white space may differ in the quote given. `start` may also lie
    in the white space before the passage. Raises ReadingListError when the quote is empty, is not there or
    not at `start`, or stands more than once and `start` is not given; and for an unknown colour.
    """
    if colour not in COLOURS:
        raise ReadingListError(
            phrase("There is no colour “{colour}”: choose one of {colours}.", colour=colour, colours=", ".join(COLOURS))
        )
    if not quote.split():
        raise ReadingListError("There is nothing to highlight: the quote is empty.")
    text = _Squeezed(abstract)
    wanted = " ".join(quote.split())
    if wanted not in text.text:
        wanted = " ".join(clean_text(quote).split())
    places = list(_places(text.text, wanted, limit=_SHOWN_PLACES + 1))
    if not places:
        raise ReadingListError("The quote does not stand in the abstract.")
    if start is not None:
        place = text.squeezed_offset(start)
        if not text.text.startswith(wanted, place):
            raise ReadingListError(
                phrase("The quote does not stand at {start}, but at {places}.", start=start, places=_told(text, places))
            )
    elif len(places) > 1:
        where = _told(text, places)
        raise ReadingListError(
            phrase("The quote stands more than once, at {where}: say which by its start.", where=where)
        )
    else:
        place = places[0]
    begin, end = text.span(place, place + len(wanted))
    return _placed(Highlight(id, quote, "", "", None, None, colour, comment, created), abstract, begin, end)


def anchor(highlight: Highlight, abstract: str | None) -> Highlight:
    """Return `highlight` with its place in `abstract`, and the quote as it stands there.

    Where the passage is gone, `start` and `end` are None and the quote stays, so that it can be found again
    if it comes back. Id, comment, colour and time are kept. Returns `highlight` itself when nothing changes.
    """
    abstract = abstract or ""
    start, end = highlight.start, highlight.end
    if start is not None and end is not None and highlight.quote == abstract[start:end] != "":
        stayed = _placed(highlight, abstract, start, end)
        if stayed == highlight:
            return highlight
    text = _Squeezed(abstract)
    quote = " ".join(highlight.quote.split())
    span = None
    if quote and text.text:
        span = _word_for_word(highlight, quote, abstract, text) or _similar(highlight, quote, abstract, text)
    if span is None:
        return highlight if start is None and end is None else replace(highlight, start=None, end=None)
    found = _placed(highlight, abstract, *span)
    return highlight if found == highlight else found


def _placed(highlight: Highlight, abstract: str, start: int, end: int) -> Highlight:
    return replace(
        highlight,
        quote=abstract[start:end],
        prefix=abstract[max(0, start - CONTEXT) : start],
        suffix=abstract[end : end + CONTEXT],
        start=start,
        end=end,
    )


class _Squeezed:
    """A text with each run of white space as one space, none at the ends, and the way back to its offsets."""

    def __init__(self, original: str) -> None:
        words = original.split()
        self.text = " ".join(words)
        self._starts: list[int] = []  # of each word in the original
        self._squeezed: list[int] = []  # of each word in `text`
        at = squeezed = 0
        for word in words:
            at = original.index(word, at)
            self._starts.append(at)
            self._squeezed.append(squeezed)
            at += len(word)
            squeezed += len(word) + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end], which begins and ends with a word, stands in the original."""
        return self._original_offset(start), self._original_offset(end - 1) + 1

    def _original_offset(self, offset: int) -> int:
        word = bisect_right(self._squeezed, offset) - 1
        return self._starts[word] + offset - self._squeezed[word]

    def squeezed_offset(self, offset: int) -> int:
        """Return where the original's `offset` is in `text`; white space counts as the word after it."""
        word = bisect_right(self._starts, offset) - 1
        if word < 0:
            return 0
        next_word = self._squeezed[word + 1] if word + 1 < len(self._squeezed) else len(self.text) + 1
        inside = self._squeezed[word] + offset - self._starts[word]
        return inside if inside < next_word - 1 else next_word


def _places(text: str, quote: str, *, near: int = 0, limit: int = _MOST_PLACES) -> Iterator[int]:
    """Yield where `quote` stands in `text`, in order: first from shortly before `near`, then from the start.

    At most `limit` places each, fewer for a long quote. (`str.rfind` can take quadratic time, `find` not.)
    """
    limit = max(4, min(limit, _MOST_COMPARED // max(1, len(quote))))
    for begin in dict.fromkeys((max(0, near - 100 - 10 * len(quote)), 0)):
        place = text.find(quote, begin)
        for _ in range(limit):
            if place < 0:
                break
            yield place
            place = text.find(quote, place + 1)


def _told(text: _Squeezed, places: list[int]) -> str:
    told = [str(text.span(place, place + 1)[0]) for place in places]
    if len(told) > _SHOWN_PLACES:
        return ", ".join(told[:_SHOWN_PLACES]) + " and more"
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


def _word_for_word(highlight: Highlight, quote: str, abstract: str, text: _Squeezed) -> tuple[int, int] | None:
    near = text.squeezed_offset(highlight.start or 0)
    with_prefix = " ".join((highlight.prefix[-CONTEXT:] + highlight.quote).split())
    with_suffix = " ".join((highlight.quote + highlight.suffix[:CONTEXT]).split())
    places = set(_places(text.text, quote, near=near))
    if not places:
        return None
    # Surroundings first, for a quote that stands more often than is tried.
    places.update(_places(text.text, with_suffix, near=near))
    places.update(p + len(with_prefix) - len(quote) for p in _places(text.text, with_prefix, near=near))

    def rank(span: tuple[int, int]) -> tuple[bool, int, int]:
        agreeing, equal = _agreement(highlight, abstract, *span)
        return agreeing > 0, equal, -abs(span[0] - (highlight.start or 0))

    best = max((text.span(place, place + len(quote)) for place in sorted(places)), key=rank)
    unknown_sides = not highlight.prefix and not highlight.suffix and len(places) == 1
    if len(quote) >= TELLING or unknown_sides or rank(best)[0]:
        return best
    return None


def _agreement(highlight: Highlight, abstract: str, start: int, end: int) -> tuple[int, int]:
    """Return how many sides of a place agree with those of the highlight, and how many code points do."""
    before, behind = abstract[max(0, start - CONTEXT) : start], abstract[end : end + CONTEXT]
    prefix, suffix = highlight.prefix[-CONTEXT:], highlight.suffix[:CONTEXT]
    equal_before, equal_behind = Postfix.similarity(before, prefix), Prefix.similarity(behind, suffix)
    agreeing = [
        before == prefix or equal_before >= SIDE_AGREES,
        behind == suffix or equal_behind >= SIDE_AGREES,
    ]
    return sum(agreeing), equal_before + equal_behind


def _similar(highlight: Highlight, quote: str, abstract: str, text: _Squeezed) -> tuple[int, int] | None:
    if len(quote) > _LONGEST_SIMILAR:
        return None
    best, best_score = None, 0.0
    for start, end in dict.fromkeys(_guesses(highlight, quote, text.text)):
        score = fuzz.ratio(quote, text.text[start:end])
        if score > best_score:
            best, best_score = (start, end), score
    if best is None or best_score < SIMILAR / 2:
        return None
    if len(quote) <= _LONGEST_FITTED:
        best = _fitted(quote, text.text, *best)
    best = _trimmed(text.text, *best)
    if best is None:
        return None
    score = fuzz.ratio(quote, text.text[slice(*best)])
    span = text.span(*best)
    agreeing, _ = _agreement(highlight, abstract, *span)
    telling = len(quote) >= TELLING
    needed = SIMILAR if agreeing == 2 or (agreeing and telling) else SIMILAR_ALONE
    return span if score >= needed and (telling or agreeing == 2) else None


def _guesses(highlight: Highlight, quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the passage may stand: between its old surroundings, or around pieces of it."""
    prefix, suffix = " ".join(highlight.prefix.split()), " ".join(highlight.suffix.split())
    starts: list[int] = []
    ends: list[int] = []
    if prefix and (place := text.find(prefix)) >= 0:
        starts.append(place + len(prefix))
    if suffix and (place := text.find(suffix, starts[0] if starts else 0)) >= 0:
        ends.append(place)
    for offset in dict.fromkeys((0, max(0, (len(quote) - _PIECE) // 2), max(0, len(quote) - _PIECE))):
        piece = quote[offset : offset + _PIECE]
        found = fuzz.partial_ratio_alignment(piece, text, score_cutoff=SIMILAR / 2)
        if found is not None:
            starts.append(max(0, found.dest_start - offset))
            ends.append(min(len(text), found.dest_end + len(quote) - offset - len(piece)))
    for start in starts:
        yield start, min(len(text), start + len(quote))
        for end in ends:
            if len(quote) // 2 <= end - start <= 2 * len(quote):
                yield start, end
    for end in ends:
        yield max(0, end - len(quote)), end


# Where a passage may begin or end: between words, and before a character of a script written without spaces.
_EDGE = re.compile(r"\b|(?<=\s)|(?=\s)|(?=[\u0e00-\u109f\u1780-\u17ff\u2e80-\U0003ffff])")


def _fitted(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a guessed passage to where words begin and end, so that it is most like the quote."""
    reach = max(CONTEXT, len(quote) // 4)
    low, high = max(0, start - reach), min(len(text), end + reach)
    edges = [match.start() for match in _EDGE.finditer(text, low, high)]
    edges += [edge for edge in (low, high) if edge in (0, len(text))]
    for _ in range(2):
        start = _likest(quote, text, ((edge, end) for edge in edges if abs(edge - start) <= reach), (start, end))[0]
        end = _likest(quote, text, ((start, edge) for edge in edges if abs(edge - end) <= reach), (start, end))[1]
    return start, end


def _likest(quote: str, text: str, spans: Iterable[tuple[int, int]], default: tuple[int, int]) -> tuple[int, int]:
    return max(
        (span for span in spans if span[0] < span[1]),
        key=lambda span: fuzz.ratio(quote, text[slice(*span)]),
        default=default,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    end -= len(passage) - len(passage.rstrip())
    return (start, end) if start < end else None
