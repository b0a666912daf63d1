"""A paper as a row and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from readinglist.changes import from_json, to_json
from readinglist.dedup import identity_keys
from readinglist.paper import Highlight, Paper, PaperId, Status
from readinglist.store.driver import Row

PLAIN = (
    "title",
    "abstract",
    "year",
    "published",
    "listed",
    "venue",
    "doi",
    "arxiv_id",
    "url",
    "upvotes",
    "submitted_by",
    "order_key",
    "until",
    "starred",
    "note",
    "added",
    "changed",
    "finished",
    "trashed",
    "taste",
    "source",
    "version",
    "status",
)
KEYS = ("title_key", "doi_key", "arxiv_key", "author_key")
"""What a paper is recognised and ordered by; they follow from its fields (see `dedup.identity_keys`)."""
AS_JSON = ("authors", "links", "keywords", "extra", "corrected")
NUMBERS = ("year", "upvotes", "starred")
CHECKS = ("note_hash",)
"""Proof that what a reader wrote is still what they wrote (see `proof`)."""
COLUMNS = ("uid", *PLAIN, *AS_JSON, *KEYS, *CHECKS)
"""The columns that follow from a Paper, in the order of `to_row`. `id` and `generation` are the library's."""


def to_row(paper: Paper) -> Row:
    """Return the values of `COLUMNS`."""
    return (
        paper.uid,
        *(column_value(name, getattr(paper, name)) for name in PLAIN),
        *(column_value(name, getattr(paper, name)) for name in AS_JSON),
        *key_values(paper),
        proof(paper.note),
    )


def column_value(name: str, value: Any) -> Any:
    """Return what the column of a Paper's field holds; empty lists are NULL."""
    if name in AS_JSON:
        if not value:
            return None
        value = sorted(value) if name == "corrected" else to_json(name, value)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if name == "starred":
        return int(value)
    if name == "status":
        return str(value)
    return value


def key_values(paper: Paper) -> Row:
    """Return the values of `KEYS`."""
    keys = identity_keys(paper)
    return keys.title_key, keys.doi, keys.arxiv_id, keys.family_key


def proof(text: str | None) -> str | None:
    """Return a hash of a text (BLAKE2b, 128 bits): `integrity_check` misses most bytes that a disk has turned over."""
    if text is None:
        return None
    from hashlib import blake2b  # 2 ms of every start

    return blake2b(text.encode(), digest_size=16).hexdigest()


def revision_proof(before: str | None, after: str | None) -> str:
    """Return the hash of one change of a note, given as history stores the two."""
    return str(proof(f"{before}\0{after}"))


SELECT = "SELECT id, " + ", ".join((*COLUMNS[: 1 + len(PLAIN)], *AS_JSON)) + " FROM paper"

_DECODERS: dict[str, Callable[[Any], Any]] = {name: partial(from_json, name) for name in AS_JSON} | {
    "corrected": frozenset
}
_FIRST_JSON = 2 + len(PLAIN)
_PLAIN_TYPES = {str, int, type(None)}
_TEXTS_AT = [2 + at for at, name in enumerate(PLAIN) if name not in NUMBERS]
_STATUSES = {str(status): status for status in Status}


def _readable(name: str, value: Any) -> Any:
    """Return a value of the type that its column has, as far as there is one."""
    if value is None or name in NUMBERS:
        return value if type(value) is int else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value)


def from_column(name: str, text: str) -> Any:
    """Return the value that a column of `AS_JSON` holds. Raises ValueError, TypeError."""
    return _DECODERS[name](json.loads(text))


def from_row(row: Row, tags: frozenset[str], highlights: Sequence[Highlight], position: int | None) -> Paper:
    """Return the paper of a row of `SELECT`.

    What a disk has damaged is left out or shown as well as it can be: one byte may not keep all the other papers of a
    list from being seen. The check of the library tells of it (`checks.damaged_papers`).
    """
    plain: Sequence[Any] = row[2:_FIRST_JSON]
    if not set(map(type, plain)) <= _PLAIN_TYPES or any(type(row[at]) is int for at in _TEXTS_AT):
        plain = [_readable(name, value) for name, value in zip(PLAIN, plain, strict=True)]
    values: dict[str, Any] = dict(zip(PLAIN, plain, strict=True))
    values["starred"] = bool(values["starred"])
    values["status"] = _STATUSES.get(values["status"], Status.INBOX)
    for name, text in zip(AS_JSON, row[_FIRST_JSON:], strict=True):
        if text is not None:
            with suppress(ValueError, TypeError, RecursionError):
                values[name] = from_column(name, text)
    return Paper(
        id=PaperId(row[0]),
        uid=row[1],
        tags=tags,
        highlights=tuple(highlights),
        position=position,
        **values,
    )
