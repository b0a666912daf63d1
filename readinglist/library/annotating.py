"""Highlights, tags as a whole, and saved searches: edits with rules of their own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace

from readinglist.changes import Change, reading_order
from readinglist.errors import ReadingListError
from readinglist.library.noting import Noting
from readinglist.library.values import Edited, SavedSearch
from readinglist.paper import COLOURS, Highlight, Paper, PaperId
from readinglist.phrase import phrase
from readinglist.query.parse import parse
from readinglist.query.searches import with_search_renamed
from readinglist.store import searches
from readinglist.store.tags import (
    Tag,
    colour_of,
    list_tags,
    normal_tag,
    set_colour,
    set_spelling,
    spelling_of,
    tag_key,
)
from readinglist.text.clean import clean_line

_MIN_HID = 4


class Annotating(Noting):
    """What a reader marks and names."""

    def highlight(
        self,
        number: int,
        quote: str,
        *,
        start: int | None = None,
        comment: str | None = None,
        colour: str = "yellow",
    ) -> Edited:
        """Highlight a passage of a paper's abstract; a quote that stands twice needs its `start` in code points.

        Raises ReadingListError when the quote is not in the abstract or the colour unknown.
        """
        from readinglist.anchor import make_highlight  # with it comes rapidfuzz, 5 ms of every start

        _check_colour(colour)

        def change(paper: Paper) -> Paper:
            if not paper.abstract:
                raise ReadingListError(phrase("Paper {id} has no abstract to highlight in.", id=paper.id))
            new = make_highlight(
                paper.abstract,
                quote,
                start=start,
                comment=comment or None,
                colour=colour,
                id=str(uuid.uuid4()),
                created=self._now(),
            )
            return replace(paper, highlights=tuple(sorted((*paper.highlights, new), key=reading_order)))

        return self.edit("Highlight", [number], change)

    def change_highlight(self, hid: str, *, comment: str | None = None, colour: str | None = None) -> Edited:
        """Give a highlight another comment ("" takes it away) or colour; None leaves it."""
        if colour is not None:
            _check_colour(colour)
        number, hid = self._find_highlight(hid)

        def changed(highlight: Highlight) -> Highlight:
            if highlight.id != hid:
                return highlight
            return replace(
                highlight,
                comment=highlight.comment if comment is None else comment or None,
                colour=colour or highlight.colour,
            )

        return self.edit(
            "Change highlight", [number], lambda p: replace(p, highlights=tuple(map(changed, p.highlights)))
        )

    def remove_highlight(self, hid: str) -> Edited:
        """Remove a highlight, named by its id or an unambiguous beginning of it."""
        number, hid = self._find_highlight(hid)
        return self.edit(
            "Remove highlight",
            [number],
            lambda p: replace(p, highlights=tuple(h for h in p.highlights if h.id != hid)),
        )

    def _find_highlight(self, hid: str) -> tuple[PaperId, str]:
        hid = hid.strip().lower()
        if not re.fullmatch(r"[0-9a-z-]+", hid) or len(hid) < _MIN_HID:
            raise ReadingListError(
                phrase("“{hid}” names no highlight; readinglist highlights lists their ids.", hid=clean_line(hid))
            )
        rows = (
            self._store.reader()
            .execute("SELECT paper, id FROM highlight WHERE id >= ?1 AND id < ?1 || '~' LIMIT 2", [hid])
            .fetchall()
        )
        if not rows:
            raise ReadingListError(phrase("There is no highlight {hid}.", hid=hid))
        if len(rows) > 1:
            raise ReadingListError(phrase("Several highlights start with {hid}; give more of the id.", hid=hid))
        return PaperId(rows[0][0]), rows[0][1]

    def tags(self) -> list[Tag]:
        """Return the tags in use, by name."""
        return list_tags(self._store.reader())

    def rename_tag(self, old: str, new: str) -> Edited:
        """Rename a tag and the tags under it, on every paper; onto a tag that exists it is a merge."""
        old, new = normal_tag(old), normal_tag(new)
        if tag_key(new).startswith(tag_key(old) + "/"):
            raise ReadingListError(phrase("“{old}” cannot be moved under itself.", old=old))
        if tag_key(old) == tag_key(new):
            return self._respell_tag(old, new)
        return self._replace_tags("Rename tag", [old], new)

    def merge_tags(self, sources: Iterable[str], into: str) -> Edited:
        """Give every paper with one of `sources` the tag `into` instead; tags under them move along."""
        into = normal_tag(into)
        olds = [name for source in sources if tag_key(name := normal_tag(source)) != tag_key(into)]
        if any(tag_key(into).startswith(tag_key(old) + "/") for old in olds):
            raise ReadingListError(phrase("A tag cannot be merged into one under it (“{into}”).", into=into))
        return self._replace_tags("Merge tags", olds, into)

    def delete_tag(self, name: str) -> Edited:
        """Take a tag, and the tags under it, from every paper."""
        return self._replace_tags("Delete tag", [normal_tag(name)], None)

    def colour_tag(self, name: str, colour: str) -> Edited:
        """Give a tag a colour, "#rrggbb"."""
        if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
            raise ReadingListError(
                phrase("“{colour}” is not a colour; write it as #2A5BD0.", colour=clean_line(colour))
            )
        with self._store.writing() as connection:
            before = colour_of(connection, name)
            if before is None:
                raise ReadingListError(phrase("There is no tag “{name}”.", name=clean_line(name)))
            wide = [Change("", f"colour:{tag_key(name)}", before, colour.upper())]
            if before.upper() == colour.upper():
                return Edited("Colour tag", 0, [], None)
            set_colour(connection, name, colour.upper())
            edited, changed = self._apply(connection, "Colour tag", [], now=self._now(), wide=wide)
        self._publish(changed)
        return edited

    def _replace_tags(self, label: str, olds: list[str], new: str | None) -> Edited:
        keys = [tag_key(old) for old in olds]

        def replaced(name: str) -> str | None:
            key = tag_key(name)
            for old in keys:
                if key == old or key.startswith(old + "/"):
                    return None if new is None else new + name[len(old) :]
            return name

        def change(paper: Paper) -> Paper:
            return replace(paper, tags=frozenset(t for name in paper.tags if (t := replaced(name)) is not None))

        return self.edit(label, self._carriers(keys, olds), change)

    def _carriers(self, keys: list[str], names: list[str]) -> list[int]:
        found: dict[int, None] = {}
        for key, name in zip(keys, names, strict=True):
            rows = (
                self._store.reader()
                .execute(
                    "SELECT paper FROM paper_tag JOIN tag ON tag.id = tag"
                    " WHERE key = ?1 OR substr(key, 1, length(?2)) = ?2",
                    [key, key + "/"],
                )
                .fetchall()
            )
            if not rows:
                raise ReadingListError(phrase("There is no tag “{name}”.", name=name))
            found |= dict.fromkeys(number for (number,) in rows)
        return list(found)

    def _respell_tag(self, old: str, new: str) -> Edited:
        """Change only the case of a tag's name: one row, and no paper carries another tag than before."""
        carriers = self._carriers([tag_key(old)], [old])
        if old == new:
            return Edited("Rename tag", 0, [], None)
        with self._store.writing() as connection:
            before = spelling_of(connection, old)
            set_spelling(connection, old, new)
            wide = [Change("", f"spelling:{tag_key(new)}", before, new)]
            edited, changed = self._apply(connection, "Rename tag", [], now=self._now(), wide=wide)
        self._publish(replace(changed, edited=frozenset(carriers)))
        return edited

    def searches(self) -> list[SavedSearch]:
        """Return the saved searches, by name."""
        return [SavedSearch(name, query) for name, query in searches.list_searches(self._store.reader())]

    def save_search(self, name: str, query: str) -> Edited:
        """Save a query under a name, in place of one saved under it before. Raises QueryError for a wrong query."""
        name = clean_line(name)
        if not name:
            raise ReadingListError("A saved search needs a name.")
        parse(query)
        return self._set_search("Save search", name, clean_line(query))

    def rename_search(self, old: str, new: str) -> Edited:
        """Rename a saved search, also where other saved searches name it.

        Raises ReadingListError when there is none called `old`, or another one called `new`.
        """
        old, new = clean_line(old), clean_line(new)
        if not new:
            raise ReadingListError("A saved search needs a name.")
        with self._store.writing() as connection:
            query = searches.query_of(connection, old)
            if query is None:
                raise ReadingListError(phrase("There is no saved search “{old}”.", old=old))
            if new.casefold() != old.casefold() and searches.query_of(connection, new) is not None:
                raise ReadingListError(phrase("There is a saved search “{new}” already.", new=new))
            if new == old:
                return Edited("Rename search", 0, [], None)
            wide = [Change("", f"search:{old}", query, None)]
            searches.set_query(connection, old, None)
            for name, text in [*searches.list_searches(connection), (new, query)]:
                renamed = with_search_renamed(text, old, new)
                if name == new or renamed != text:
                    wide.append(Change("", f"search:{name}", None if name == new else text, renamed))
                    searches.set_query(connection, name, renamed)
            edited, changed = self._apply(connection, "Rename search", [], now=self._now(), wide=wide)
        self._publish(changed)
        return edited

    def delete_search(self, name: str) -> Edited:
        """Delete a saved search."""
        return self._set_search("Delete search", clean_line(name), None)

    def _set_search(self, label: str, name: str, query: str | None) -> Edited:
        with self._store.writing() as connection:
            before = searches.query_of(connection, name)
            if before is None and query is None:
                raise ReadingListError(phrase("There is no saved search “{name}”.", name=name))
            if before == query:
                return Edited(label, 0, [], None)
            searches.set_query(connection, name, query)
            wide = [Change("", f"search:{name}", before, query)]
            edited, changed = self._apply(connection, label, [], now=self._now(), wide=wide)
        self._publish(changed)
        return edited


def _check_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise ReadingListError(
            phrase(
                "“{colour}” is no colour for a highlight; there are {colours}.",
                colour=clean_line(colour),
                colours=", ".join(COLOURS),
            )
        )
