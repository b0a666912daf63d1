"""Rank again by what the best papers have in common: pseudo relevance feedback. Knows nothing of trees or files.

For a question of many words (Lavrenko and Croft 2001, as in RM3): the first papers found are taken to be about what
was asked, and the words they share and that are rare elsewhere add to the score of what else was found. Nothing is
found that was not found before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest

import numpy as np

from readinglist.index.found import Found, best_first
from readinglist.index.lookup import Word, look_up
from readinglist.index.scoring import idf_of, scores_at
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper
from readinglist.text.words import forms, stem

PAPERS = 10
"""So many papers are learnt from."""

_MOST_RANKED = 1000
_CANDIDATES = 60
_WORDS = 20
_SHARE = 0.4
_FIELDS = ("title", "abstract")


def with_feedback(snapshot: Snapshot, found: Found, best: Sequence[Paper]) -> Found:
    """Return what was found with new scores; `best` are the papers with the highest scores."""
    ranked = best_first(found, _MOST_RANKED)
    score_of = dict(zip(ranked.ids.tolist(), ranked.scores.tolist(), strict=True))
    learnt = _learn(snapshot, [(paper, score_of.get(paper.id, 0.0)) for paper in best])
    order = np.flatnonzero(np.isin(found.ids, ranked.ids))
    docs = snapshot.docs_of(found.ids[order])
    order, docs = order[docs >= 0], docs[docs >= 0]  # filters may find papers that are not in the index yet
    ascending = np.argsort(docs)
    order, docs = order[ascending], docs[ascending]
    scores = found.scores.copy()
    for form, worth in learnt:
        scores[order] += np.float32(_SHARE * worth) * scores_at(snapshot, look_up(snapshot, Word(form), _FIELDS), docs)
    return Found(found.ids, scores)


def _learn(snapshot: Snapshot, best: Sequence[tuple[Paper, float]]) -> list[tuple[str, float]]:
    """Return the words that tell the papers, given with their scores, apart from others; the most telling one's
    worth is 1."""
    share: defaultdict[str, float] = defaultdict(float)
    spelt: dict[str, str] = {}
    whole = sum(score for _, score in best) or 1.0
    for paper, score in best:
        found = forms(f"{paper.title} {paper.abstract or ''}")
        for form in found:
            root = stem(form)
            share[root] += score / whole / len(found)
            spelt.setdefault(root, form)
    weighed: list[tuple[float, str]] = []
    for root in nlargest(_CANDIDATES, share, key=share.__getitem__):
        lists = look_up(snapshot, Word(spelt[root]), _FIELDS)
        if len(root) > 2 and lists:
            weighed.append((share[root] * idf_of(snapshot, lists), spelt[root]))
    return [(form, worth / max(weighed)[0]) for worth, form in nlargest(_WORDS, weighed)]
