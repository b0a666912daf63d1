"""Names to complete a query with: authors, venues, keywords, sources, tags and saved searches of the library."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.library.suggesting import Suggesting
from readinglist.store.names import count_names, count_tags
from readinglist.store.tags import tag_key
from readinglist.text.words import forms

NAMED_FIELDS = ("author", "venue", "keyword", "source", "tag", "search")
"""The fields of the query language whose values are names of the library."""

MOST = 100
"""More names than this are never given at once."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name and the number of papers that carry it; a saved search has no number, and a query."""

    name: str
    count: int | None = None
    query: str = ""


class Names:
    """The names of one field, looked up by how a word of theirs begins. Never changes; any thread may ask."""

    def __init__(self, known: Sequence[Known]) -> None:
        """Take the names as they are to be offered, the most frequent first.

        Some 0.3 s for 100,000 names: plain steps, so that other threads get their turn.
        """
        self._known = known
        self._folded: list[str] = []
        # Places in `known` by the first two letters of each word; among thousands of names a pair has some hundred.
        self._places: dict[str, array[int]] = defaultdict(lambda: array("L"))
        # And the first so many by one letter: whatever begins with it will do.
        self._first: dict[str, array[int]] = defaultdict(lambda: array("L"))
        for place, each in enumerate(known):
            found = forms(each.name)
            self._folded.append(f" {' '.join(found)}")
            for pair in {form[:2] for form in found}:
                self._places[pair].append(place)
            for letter in {form[0] for form in found}:
                if len(first := self._first[letter]) < MOST:
                    first.append(place)

    def starting(self, typed: str, limit: int) -> list[Known]:
        """Return the most frequent names in which `typed` begins a word, with nothing typed of all.

        At most `limit` of them, which is up to `MOST`.
        Case and accents do not matter, nor does what stands between words: "van d", "Zürich", "o'b".
        """
        wanted = " ".join(forms(typed))
        if not wanted:
            return list(self._known[:limit]) if not typed.strip() else []
        found: list[Known] = []
        for place in self._candidates(wanted):
            if f" {wanted}" in self._folded[place]:
                found.append(self._known[place])
                if len(found) == limit:
                    break
        return found

    def _candidates(self, wanted: str) -> Sequence[int]:
        if len(wanted) == 1:
            return self._first.get(wanted, ())
        return self._places.get(wanted.split(" ", 1)[0][:2], ())


class Completing(Suggesting):
    """Gives the names."""

    def tag_branches(self) -> dict[str, int]:
        """Return by the key of every tag, and of every level above one, how many papers `tag:` finds by it."""
        with self._store.reading() as connection:
            return {tag_key(name): count for name, count in count_tags(connection)}

    def completions(self, field: str) -> Names:
        """Return the names of one of `NAMED_FIELDS` as the library has them now; some tenths of a second for authors.

        A tag counts the papers of the tags under it, as `tag:` finds them, and a level that is no tag itself is given
        too. Raises KeyError for another field.
        """
        if field == "search":
            return Names([Known(saved.name, None, saved.query) for saved in self.searches()])
        with self._store.reading() as connection:
            if field == "tag":
                tags = sorted(count_tags(connection), key=lambda tag: (-tag[1], tag[0].casefold()))
                return Names([Known(name, count) for name, count in tags])
            names, counts = count_names(connection, field)
        return Names([Known(name, count) for name, count in zip(names, counts, strict=True)])
