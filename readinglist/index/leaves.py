"""Answer the text leaves of a query, alone and joined by And or Or. Knows nothing of filters or paper numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from readinglist.index.lookup import Word, look_up
from readinglist.index.phrase import Budget, phrase_hits
from readinglist.index.scoring import Docs, Hits, Lists, Scores, any_of, scores_at, size_of
from readinglist.index.snapshot import Snapshot
from readinglist.query.nodes import Text
from readinglist.text.words import forms

_MOST_WORDS = 500
_STEP = 8
"""Looking up one number among many in order takes as long as spreading out so many."""

_NOTHING = Hits(np.zeros(0, np.int64), np.zeros(0, np.float32))


def any_leaf(snapshot: Snapshot, leaves: Sequence[Text], budget: Budget) -> Hits:
    """Return the documents that any of the leaves finds; scores are added up."""
    each = [_words(snapshot, leaf) for leaf in leaves]
    if len(each) == 1 and len(each[0]) > 1:
        return phrase_hits(snapshot, each[0], budget)
    return any_of(
        snapshot,
        [words[0] for words in each if len(words) == 1],
        [phrase_hits(snapshot, words, budget) for words in each if len(words) > 1],
    )


def every_leaf(snapshot: Snapshot, leaves: Sequence[Text], budget: Budget) -> Hits:
    """Return the documents that all of the leaves find; scores are added up.

    The rarest words come first, and the others are looked for in what is left.
    """
    each = [_words(snapshot, leaf) for leaf in leaves]
    if not all(each) or not all(all(words) for words in each):
        return _NOTHING
    phrases = [words for words in each if len(words) > 1]
    alone = sorted((words[0] for words in each if len(words) == 1), key=size_of)
    hits = [phrase_hits(snapshot, words, budget) for words in phrases]
    found = hits.pop() if hits else any_of(snapshot, [alone.pop(0)])
    for other in hits:
        found = _both(snapshot, found, other)
    for lists in alone:
        if not len(found.docs):
            break
        found = _kept(found.docs, found.scores, scores_at(snapshot, lists, found.docs))
    return found


def is_known(snapshot: Snapshot, leaf: Text) -> bool:
    """Say whether something agrees with every word of a leaf."""
    found = _words(snapshot, leaf)
    return bool(found) and all(found)


def _words(snapshot: Snapshot, leaf: Text) -> list[Lists]:
    """Return for each word of a leaf what agrees with it; empty when the leaf has no word or no such field."""
    found = forms(leaf.text)[:_MOST_WORDS]
    fields = snapshot.fields if leaf.field is None else tuple({leaf.field} & {*snapshot.fields})
    if not found or not fields:
        return []
    fuzzy = min(max(leaf.fuzzy, 0), 2)
    last = Word(found[-1], leaf.prefix and not fuzzy, fuzzy)
    return [look_up(snapshot, word, fields) for word in (*map(Word, found[:-1]), last)]


def _both(snapshot: Snapshot, one: Hits, other: Hits) -> Hits:
    fewer, more = sorted((one, other), key=lambda hits: len(hits.docs))
    if len(fewer.docs) * _STEP < len(more.docs):
        places = more.docs.searchsorted(fewer.docs)
        there = more.docs.take(places, mode="clip") == fewer.docs
        added = more.scores.take(places, mode="clip") * there
    else:
        spread = np.zeros(snapshot.documents, np.float32)
        spread[more.docs] = more.scores
        added = spread.take(fewer.docs)
    return _kept(fewer.docs, fewer.scores, added)


def _kept(docs: Docs, scores: Scores, added: Scores) -> Hits:
    """Add to the scores where there is something to add; the other documents drop out."""
    stays = added > 0
    return Hits(docs[stays], scores[stays] + added[stays])
