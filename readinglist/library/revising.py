"""Papers that changed after they were read: a newer version came in, and the reader has not looked at it yet. Pure.

What there is to say stands in the paper's own `extra` under `REVISED`, so that it is written, undone and exported
with the edit that brought the newer version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from readinglist.paper import REVISED, Paper, PaperId, Status

_TEXTS = ("title", "abstract", "authors")
_NUMBERED = re.compile(r"v\d{1,6}")


@dataclass(frozen=True, slots=True)
class Revision:
    """A paper that the reader has read has changed: from which version to which, and when we learned of it (UTC).

    `fields` are those of title, abstract and authors that read otherwise now.
    """

    paper: PaperId
    title: str
    before: str | None
    after: str | None
    at: str
    fields: tuple[str, ...]


def has_read(paper: Paper) -> bool:
    """Say whether the reader has dealt with a paper so that a change of it is news: read it, or written in it."""
    read = paper.status in (Status.READ, Status.READING) or paper.finished is not None
    return read or bool(paper.note) or bool(paper.highlights)


def with_revision(known: Paper, after: Paper, at: str) -> Paper:
    """Return `after`, what an import made of `known`, with a word of it where the reader should be told.

    A later version of an arXiv paper is told of even where its abstract is the same. The time of a feed's update is no
    news by itself: some feeds renew it every day. What is still to be looked at keeps the version that was read.
    """
    if after is known or after.version == known.version or known.version is None or not has_read(known):
        return after
    fields = tuple(name for name in _TEXTS if getattr(known, name) != getattr(after, name))
    numbered = bool(_NUMBERED.fullmatch(after.version or ""))
    if not fields and not numbered:
        return after
    told = known.extra.get(REVISED)
    earlier = told if isinstance(told, Mapping) else {}
    changed = [name for name in _TEXTS if name in fields or name in _listed(earlier.get("fields"))]
    word = {"from": earlier.get("from", known.version), "to": after.version, "at": at, "fields": changed}
    return replace(after, extra={**after.extra, REVISED: word})


def revision_of(paper: Paper) -> Revision | None:
    """Return what there is to tell of a paper, or None."""
    told = paper.extra.get(REVISED)
    if not isinstance(told, Mapping):
        return None
    before, after, at = (value if isinstance(value := told.get(key), str) else None for key in ("from", "to", "at"))
    fields = tuple(name for name in _TEXTS if name in _listed(told.get("fields")))
    return Revision(paper.id, paper.title, before, after, at or "", fields)


def seen(paper: Paper) -> Paper:
    """Return a paper whose change the reader has looked at."""
    return replace(paper, extra={key: value for key, value in paper.extra.items() if key != REVISED})


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
