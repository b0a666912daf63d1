"""Find terms that more of the later papers have than of the earlier ones.

The odds that a paper has a term, later against earlier, as a log-ratio with an informative prior: what the papers of
both times together have, weighing as much as some hundred papers (Monroe, Colaresi, Quinn 2008, "Fightin' Words",
§3.3-3.5). Divided by its standard deviation that is a z-score, so that neither what is rare nor what is common wins by
that alone. Papers are counted and not occurrences: one paper that says a word twenty times is no trend.

Of terms that mean one thing ("large language", "large language models", "LLMs") one is kept: see `_Kept`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.names import Names
from readinglist.discover.phrases import Term, documents_of, find_terms
from readinglist.discover.plain_words import grammar, writing
from readinglist.discover.streams import Ints, Stream, joined, streams
from readinglist.discover.values import Rising
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId

_HEADS = ("title", "keyword")
_BODIES = ("abstract",)

_PRIOR_PAPERS = 300.0
_PRIOR_SHARE = 0.1
"""What is known beforehand weighs as much as so many papers, or such a share of those there are."""

_LEAST_Z = 1.96
"""Below that a rise is as likely chance (5 %, two-sided)."""

_LOOKED_AT = 500
_LEAST_PAPERS = 3
_LEAST_BY_ROOT = 6.0
"""A term has this share of the root of the number of later papers, and `_LEAST_PAPERS` at least."""

_MOST_PAPERS = 40_000
"""Terms are looked for in so many of the later papers at most, evenly chosen; they are counted in all."""

_COMMON_WORD = 0.005
_COMMON_PAPERS = 5
"""A single word that so many of the earlier papers have is no topic."""

_SAME = 0.7
_COVERED = 0.6
_COVERED_WORD = 0.4
_PART = 0.5
_NEAR = 0.75
_LARGE = 0.3
_ABBREVIATED = 0.4
_SPELT_IN = 8


def rising(
    snapshot: Snapshot,
    periods: NDArray[np.int64],
    first_late: int,
    read: Callable[[list[PaperId]], Iterable[Paper]],
    *,
    limit: int = 30,
    step: Callable[[], None] = lambda: None,
) -> list[Rising]:
    """Return what rises from the periods before `first_late` to those from it on, the surest first.

    `periods`: by its number the period that each paper falls into, -1 for papers that do not count. `read` gives papers
    by their numbers. `step` is called some times a second, and may raise.
    """
    period_of = periods.take(np.minimum(snapshot.papers, len(periods) - 1))
    period_of[(snapshot.papers == 0) | (snapshot.papers >= len(periods))] = -1
    late, counted = period_of >= first_late, period_of >= 0
    papers_late = int(np.count_nonzero(late))
    papers_early = int(np.count_nonzero(counted)) - papers_late
    if not papers_late or not papers_early or limit < 1:
        return []
    texts, stems = streams(snapshot, counted, (*_HEADS, *_BODIES), step)
    heads, bodies = (joined([texts[name] for name in names]) for names in (_HEADS, _BODIES))
    looked_at = _some(late)
    least = max(_LEAST_PAPERS, round(math.sqrt(int(np.count_nonzero(looked_at))) / _LEAST_BY_ROOT))
    terms = find_terms(_only(heads, looked_at), _only(bodies, looked_at), stems, least, step)
    docs = documents_of(terms, [heads, bodies], len(stems), step)
    step()

    def scores(sets: Sequence[Ints]) -> NDArray[np.float64]:
        afters = np.array([np.count_nonzero(late[some]) for some in sets], np.float64)
        totals = np.array([len(some) for some in sets], np.float64)
        return z_scores(afters, totals - afters, papers_late, papers_early)

    z = scores(docs)
    common = max(_COMMON_WORD * papers_early, _COMMON_PAPERS)
    kept = _Kept(stems)
    for at in np.argsort(-z, kind="stable")[:_LOOKED_AT].tolist():
        its, those = docs[at], docs[at][late[docs[at]]]
        if z[at] >= _LEAST_Z:
            may_stand = len(terms[at]) > 1 or len(its) - len(those) <= common
            kept.offer(_Found(terms[at], its, those), may_stand=may_stand)
    groups = kept.settled()
    z = scores([group.docs for group in groups])
    step()
    order = np.argsort(-z, kind="stable")[: 2 * limit].tolist()  # of some it turns out that they have no name
    named = _named([groups[at] for at in order], stems, snapshot, read)
    found = []
    for at, (spelt, having) in zip(order, named, strict=True):
        if spelt:
            by_period = np.bincount(period_of[having], minlength=int(periods.max()) + 1)
            found.append(Rising(spelt, float(z[at]), tuple(by_period.tolist())))
    return found[:limit]


def z_scores(
    late: NDArray[np.float64], early: NDArray[np.float64], papers_late: int, papers_early: int
) -> NDArray[np.float64]:
    """Return by how many standard deviations the odds of terms have risen, given how many papers have each."""
    papers = papers_late + papers_early
    weight = min(_PRIOR_PAPERS, _PRIOR_SHARE * papers)
    prior = (late + early) / papers * weight

    def log_odds(having: NDArray[np.float64], papers: int) -> NDArray[np.float64]:
        # Half a paper, so that a term that all papers have has odds too.
        logs: NDArray[np.float64] = np.log((having + prior) / (papers - having + weight - prior + 0.5))
        return logs

    rise = log_odds(late, papers_late) - log_odds(early, papers_early)
    scores: NDArray[np.float64] = rise / np.sqrt(1 / (late + prior) + 1 / (early + prior))
    return scores


def _some(late: NDArray[np.bool_]) -> NDArray[np.bool_]:
    places = np.flatnonzero(late)
    if len(places) <= _MOST_PAPERS:
        return late
    some = np.zeros(len(late), np.bool_)
    some[places[np.linspace(0, len(places) - 1, _MOST_PAPERS).astype(np.int64)]] = True
    return some


def _only(stream: Stream, wanted: NDArray[np.bool_]) -> Stream:
    places = np.flatnonzero(wanted.take(stream.docs))
    return Stream(stream.codes.take(places), stream.docs.take(places))


class _Found(NamedTuple):
    """A term, the documents that have it, and those of them that are of later papers."""

    term: Term
    docs: Ints
    late: Ints


class _Group:
    """Terms that mean one thing, the one it is called by first; the others are short for it, or a spelling of these."""

    def __init__(self, found: _Found) -> None:
        self.members = [found]
        self.late = found.late
        """The documents of later papers that have any of the terms."""

    def put(self, found: _Found, place: int, *, instead: bool = False) -> None:
        """Put a term among the others, or in the place of one."""
        self.members[place : place + instead] = [found]
        self.late = np.unique(np.concatenate([each.late for each in self.members]))

    @property
    def first(self) -> _Found:
        """The one it is called by."""
        return self.members[0]

    @property
    def docs(self) -> Ints:
        """The documents that have any of the terms."""
        return np.unique(np.concatenate([found.docs for found in self.members]))


class _Kept:
    """Takes terms, the surest first, and keeps those that tell something beside the ones before.

    Against a term that is kept already, one that comes later is
    - the same, if it is another spelling of it: "fine-tuning" and "finetuning" are counted together;
    - the same, if it contains it and nearly as many papers have it: the longer stands for both. In the place of a
      single word a phrase stands that half of its papers have;
    - no news, if it is contained in it and most of its papers have the longer; if it contains it, and half of the
      papers of the shorter have it, or nothing is new in it but plain words; if it shares a word, or is one, and has
      nearly all its papers in common;
    - an abbreviation, or what it abbreviates: the two are counted together.
    """

    def __init__(self, stems: Sequence[str]) -> None:
        self.groups: list[_Group] = []
        self._stems = stems

    def offer(self, found: _Found, *, may_stand: bool) -> None:
        """Put a term to another, keep it by itself if it `may_stand` so, or leave it out."""
        for group in self.groups:
            if any(self._joins(found, group, kept) for kept in list(group.members)):
                return
        if may_stand:
            self.groups.append(_Group(found))

    def settled(self) -> list[_Group]:
        """Return the groups without those of which a later one turned out to say more: "language models" of "LLMs"."""
        return [group for group in self.groups if not any(self._is_part(group, other) for other in self.groups)]

    def _is_part(self, group: _Group, other: _Group) -> bool:
        if group is other or not _within(group.first.term, other.first.term):
            return False
        return len(np.intersect1d(group.late, other.late, assume_unique=True)) >= _COVERED * len(group.late)

    def _joins(self, found: _Found, group: _Group, kept: _Found) -> bool:
        """Say whether a term needs no group of its own beside one; put it there if that has to be."""
        term, called = found.term, kept.term
        shared = len(np.intersect1d(found.late, kept.late, assume_unique=True))
        if self._is_same_word(term, called):
            group.put(found, len(group.members))
            return True
        is_near = shared >= _NEAR * len(found.late)
        is_kin = not set(term).isdisjoint(called) or (len(term) == 1 and shared >= _LARGE * len(kept.late))
        if is_near and is_kin and not (_within(called, term) or self._abbreviates(term, called)):
            return True
        if len(term) > len(called) and _within(called, term):
            if self._holds_abbreviation(term, called):
                return True
            if kept is group.first and shared >= (_SAME if len(called) > 1 else _PART) * len(kept.late):
                group.put(found, 0, instead=True)
                return True
            return shared >= _PART * len(kept.late) or self._adds_nothing(term, called)
        if _within(term, called):
            shared = len(np.intersect1d(found.late, group.late, assume_unique=True))
            return shared >= (_COVERED if len(term) > 1 else _COVERED_WORD) * len(found.late)
        if shared >= _ABBREVIATED * min(len(found.late), len(kept.late)) and self._abbreviates(term, called):
            if len(term) == 1:
                group.put(found, len(group.members))
            elif len(group.first.term) == 1:
                group.put(found, 0)
            return True
        return False

    def _adds_nothing(self, term: Term, called: Term) -> bool:
        """Say whether a longer term has but plain words, or an abbreviation of it, beside the shorter one."""
        plain = writing() | grammar()
        return all(self._stems[word] in plain for word in _around(term, called))

    def _holds_abbreviation(self, term: Term, called: Term) -> bool:
        """Say whether a longer term is the shorter one with what it is abbreviated to: "… autoencoders (SAEs)"."""
        return any(self._abbreviates((word,), called) for word in _around(term, called))

    def _is_same_word(self, one: Term, other: Term) -> bool:
        """Say whether two terms are one in two spellings: "LLM" and "LLMs" are two stems, "fine-tuning" two words."""
        if len(one) > 1 and len(other) > 1:
            return False
        short, long = sorted(("".join(self._stems[word] for word in term) for term in (one, other)), key=len)
        if len(one) == len(other):
            return short + "s" == long
        return long.startswith(short) and len(long) - len(short) <= 1

    def _abbreviates(self, one: Term, other: Term) -> bool:
        """Say whether one of two terms is made of the first letters of the other."""
        short, long = sorted((one, other), key=len)
        if len(short) != 1 or len(long) < 2 or short[0] in long:
            return False
        letters = self._stems[short[0]]
        functional = grammar()
        parts = [self._stems[word] for word in long]
        initials = {"".join(part[0] for part in parts)}
        initials.add("".join(part[0] for part in parts if part not in functional))
        if letters in initials or letters.removesuffix("s") in initials:
            return True
        # "3dgs", "LoRA": more than the first letters, but these among them and in order.
        if not 3 <= len(letters) <= 6 or letters[0] != parts[0][0]:
            return False
        return _in_order(letters.removesuffix("s"), "".join(parts)) and any(_in_order(i, letters) for i in initials)


def _around(long: Term, short: Term) -> Term:
    begin = next(at for at in range(len(long)) if long[at : at + len(short)] == short)
    return (*long[:begin], *long[begin + len(short) :])


def _within(short: Term, long: Term) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _named(
    groups: Sequence[_Group],
    stems: Sequence[str],
    snapshot: Snapshot,
    read: Callable[[list[PaperId]], Iterable[Paper]],
) -> Iterator[tuple[tuple[str, ...], Ints]]:
    """Yield the spellings of each group and the documents that have them; no spelling where the first has none."""
    names = Names([[stems[word] for word in found.term] for group in groups for found in group.members])
    wanted: dict[PaperId, None] = {}
    for found in chain.from_iterable(group.members for group in groups):
        some = np.linspace(0, len(found.late) - 1, min(len(found.late), _SPELT_IN)).astype(np.int64)
        wanted.update(dict.fromkeys(PaperId(number) for number in snapshot.papers[found.late[some]].tolist()))
    names.count(read(list(wanted)))
    for group in groups:
        called = [(names.name([stems[word] for word in found.term]), found.docs) for found in group.members]
        spelt = tuple(dict.fromkeys(name for name, _ in called if name)) if called[0][0] else ()
        yield spelt, np.unique(np.concatenate([docs for name, docs in called if name] or [group.first.docs]))
