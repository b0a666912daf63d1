"""Gather what is new, in groups: what is suggested, what saved searches find, or by tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from readinglist.errors import QueryError
from readinglist.library.trending import Trending
from readinglist.library.values import Hits
from readinglist.paper import Paper, PaperId, Status
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.query.marks import marks
from readinglist.query.printer import quoted
from readinglist.store import searches
from readinglist.store.tags import list_tags
from readinglist.text.words import forms, stems

if TYPE_CHECKING:
    from readinglist.formats.digest import Digest, DigestGroup, Kind

By = Literal["suggestion", "search", "tag"]

_SUGGESTED, _SUGGESTED_OF = 12, 3
"""So many papers are suggested at most, and no more than one of so many."""

_WORDS = 3
_ALSO = 2
_NEAR = 8
_MOST_GUESSED = 100
"""For so many papers without a tag one is looked for among the papers like them; it takes some 30 ms each."""

_LIKE_ENOUGH = 0.3
"""So much must the papers like one that have a tag be like it, added up, for it to stand with them."""


class _Groups:
    """Papers put into groups in the order of these; each stands in the first that takes it."""

    def __init__(self, papers: Mapping[PaperId, Paper], base: str) -> None:
        """`base` is the query for all of the papers."""
        self.made: list[DigestGroup] = []
        self.left = dict(papers)
        self.base = base

    def add(
        self, kind: Kind, name: str, query: str, ids: Iterable[PaperId], why: Callable[[Paper], Sequence[str]]
    ) -> None:
        """Make a group of those of some papers that stand in none yet; no group where there are none."""
        from readinglist.formats.digest import DigestGroup, DigestPaper

        papers = [self.left.pop(number) for number in ids if number in self.left]
        if papers:
            entries = [DigestPaper(paper, why(paper)) for paper in papers]
            self.made.append(DigestGroup(kind, name, f"{query} {self.base}".strip(), entries))


class Digesting(Trending):
    """What is new."""

    def digest(
        self,
        since: date | None = None,
        *,
        by: By | None = None,
        limit: int = 200,
        progress: Progress | None = None,
    ) -> Digest:
        """Return the papers added since a day (yesterday) that are neither read nor archived, in groups, with reasons.

        `by` "suggestion" puts before all others what this reader will like most, if anything is known of that; then
        come saved searches. None is that, or by saved search where there are any, else by tag; papers without a tag
        stand with those that they are like. At most `limit` papers, those with the most upvotes and the newest. The
        same for the same library and day. Raises QueryError for nothing: a saved search that cannot be read is left
        out.
        """
        from readinglist.formats.digest import Digest

        progress = progress or Silent()
        since = since or self.today() - timedelta(days=1)
        base = f"added:{since.isoformat()}.. is:unread"
        found = self.search(f"{base} sort:upvotes sort:added", limit=limit)
        papers = {paper.id: paper for paper in self.papers(found.ids)}
        saved = searches.list_searches(self._store.reader())
        groups = _Groups(papers, base)
        note = None
        if by in (None, "suggestion"):
            note = self._by_suggestion(groups, progress, also_new=by is not None)
        by = by or ("suggestion" if note is not None else "search" if saved else "tag")
        if by == "tag":
            self._by_tag(groups, progress)
        else:
            self._by_search(groups, saved, progress)
        groups.add("rest", "", "", list(groups.left), lambda paper: ())
        made = tuple(groups.made)
        return Digest(self.today().isoformat(), since.isoformat(), by, self.library_id, found.total, made, note)

    def _by_suggestion(self, groups: _Groups, progress: Progress, *, also_new: bool) -> str | None:
        """Put what is suggested first; return by what that was chosen, None where nothing is known of the reader.

        With `also_new` what is suggested to readers of whom nothing is known is put there too.
        """
        untouched = [
            paper.id
            for paper in groups.left.values()
            if paper.status is Status.INBOX and not (paper.starred or paper.note or paper.highlights)
        ]
        if not untouched:
            return None
        most = min(_SUGGESTED, -(-len(untouched) // _SUGGESTED_OF))
        found = self.suggest(most, among=untouched, progress=progress)
        if found.basis != "history" and not also_new:
            return None
        reasons = {one.id: one.reasons for one in found.papers if one.reasons or found.basis != "history"}
        groups.add("suggestion", "", "", list(reasons), lambda paper: reasons[paper.id])
        return found.note

    def _by_search(self, groups: _Groups, saved: Sequence[tuple[str, str]], progress: Progress) -> None:
        wanted = set(groups.left)
        hits: dict[str, Hits] = {}
        for number, (name, _) in enumerate(saved):
            progress.step(number, len(saved))
            try:
                hits[name] = self.search(f"search:{quoted(name)} {groups.base}", relax=False)
            except QueryError:  # saved by another version; it says what is wrong with it when it is chosen
                continue
        finding: defaultdict[PaperId, list[str]] = defaultdict(list)
        for name, found in hits.items():
            for paper in wanted.intersection(found.ids):
                finding[paper].append(name)
        for name, found in hits.items():

            def why(paper: Paper, found: Hits = found, name: str = name) -> list[str]:
                also = [other for other in finding[paper.id] if other != name][:_ALSO]
                return [*_words(found, paper), *(phrase("also in “{name}”", name=other) for other in also)]

            groups.add("search", name, f"search:{quoted(name)}", found.ids, why)

    def _by_tag(self, groups: _Groups, progress: Progress) -> None:
        tagged: defaultdict[str, list[PaperId]] = defaultdict(list)
        reasons: defaultdict[PaperId, list[str]] = defaultdict(list)
        guessed = 0
        known = {tag.name for tag in list_tags(self._store.reader())}
        for number, paper in enumerate(groups.left.values()):
            progress.step(number, len(groups.left))
            for tag in paper.tags:
                tagged[tag].append(paper.id)
            if known and not paper.tags and guessed < _MOST_GUESSED:
                guessed += 1
                if (guess := self._tag_nearby(paper, groups.left)) is not None:
                    tag, like = guess
                    tagged[tag].append(paper.id)
                    reasons[paper.id].append(phrase("like “{title}”", title=like))
        for tag in sorted(tagged, key=lambda tag: (-len(tagged[tag]), tag.casefold(), tag)):

            def why(paper: Paper, tag: str = tag) -> list[str]:
                others = sorted(paper.tags - {tag}, key=str.casefold)
                return [*reasons[paper.id], *(phrase("also tagged “{tag}”", tag=other) for other in others[:_ALSO])]

            groups.add("tag", tag, f"tag:{quoted(tag)}", tagged[tag], why)

    def _tag_nearby(self, paper: Paper, new: Mapping[PaperId, Paper]) -> tuple[str, str] | None:
        """Return the tag of the papers most like one, and the title of the likest that has it."""
        near = [one for one in self.similar([paper.id], _NEAR) if one.id not in new]
        votes: defaultdict[str, float] = defaultdict(float)
        first: dict[str, str] = {}
        for one, other in zip(near, self.papers([one.id for one in near]), strict=True):
            for tag in sorted(other.tags):
                votes[tag] += one.score
                first.setdefault(tag, other.title)
        best = min(votes, key=lambda tag: (-votes[tag], tag), default=None)
        return (best, first[best]) if best is not None and votes[best] >= _LIKE_ENOUGH else None


def _words(found: Hits, paper: Paper) -> list[str]:
    """Return the words of a paper that a search found it by, as it spells them, each in quotation marks."""
    words: dict[tuple[str, ...], str] = {}
    for name, text in (("abstract", paper.abstract or ""), ("title", paper.title)):
        for start, end in marks(found.node, name, text):
            words.setdefault(tuple(stems(forms(text[start:end]))), text[start:end])
    return [f"“{word}”" for word in list(words.values())[:_WORDS]]
