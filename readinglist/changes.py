"""What an edit is: changes of single fields, which can be applied, reversed and kept. Pure; knows nothing of SQL.

A set (tags, corrected) changes one element at a time and highlights one by one, so that two edits of one paper
made in different places rarely touch the same thing. Values are plain JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from readinglist.paper import READER_FIELDS, SOURCE_FIELDS, Author, Highlight, Link, Paper, Status

Json = Any
"""A value that `json` can write."""

SETS = ("tags", "corrected")
EDITABLE = (*SOURCE_FIELDS, *READER_FIELDS, "source", "version", "corrected", "extra")
"""Fields that history keeps. `changed` follows from the edit, `id` and `uid` never change."""

_SCALARS = tuple(name for name in EDITABLE if name not in SETS and name != "highlights")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one paper before and after.

    For a set, `before` is an element taken away or None and `after` an element added or None; for `highlights`
    they are one highlight as an object, or None. With `uid` "" the change concerns the library: `field` is then
    "colour:TAG", "search:NAME", "feed:UID" and so on.
    """

    uid: str
    field: str
    before: Json
    after: Json

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.uid, self.field, self.after, self.before)


_TO_JSON: dict[str, Callable[[Any], Json]] = {
    "authors": lambda authors: [a.name if a.family is None else [a.name, a.family] for a in authors],
    "links": lambda links: [[link.kind, link.url] for link in links],
    "keywords": list,
    "status": str,
    "extra": dict,
}
_FROM_JSON: dict[str, Callable[[Json], Any]] = {
    "authors": lambda rows: tuple(Author(a) if isinstance(a, str) else Author(*a) for a in rows),
    "links": lambda rows: tuple(Link(*row) for row in rows),
    "keywords": tuple,
    "status": Status,
    "starred": bool,
    "extra": dict,
}


def to_json(field: str, value: Any) -> Json:
    """Return the value of a Paper's field as plain JSON."""
    encode = _TO_JSON.get(field)
    return value if encode is None else encode(value)


def from_json(field: str, value: Json) -> Any:
    """Return what `to_json` was given."""
    decode = _FROM_JSON.get(field)
    return value if decode is None else decode(value)


def highlight_to_json(highlight: Highlight) -> dict[str, Json]:
    """Return a highlight as an object with the keys of the contract."""
    return {name: getattr(highlight, name) for name in _HIGHLIGHT_FIELDS}


def highlight_from_json(value: Mapping[str, Json]) -> Highlight:
    """Return what `highlight_to_json` was given."""
    return Highlight(**{name: value[name] for name in _HIGHLIGHT_FIELDS})


_HIGHLIGHT_FIELDS = tuple(field.name for field in fields(Highlight))


def diff(before: Paper, after: Paper) -> list[Change]:
    """Return what leads from `before` to `after`, a change a field or element; empty when nothing differs."""
    found = []
    uid = before.uid
    for name in _SCALARS:
        old, new = getattr(before, name), getattr(after, name)
        if old is not new and old != new:
            found.append(Change(uid, name, to_json(name, old), to_json(name, new)))
    for name in SETS:
        old, new = getattr(before, name), getattr(after, name)
        if old is not new and old != new:
            found += [Change(uid, name, element, None) for element in sorted(old - new)]
            found += [Change(uid, name, None, element) for element in sorted(new - old)]
    if before.highlights is not after.highlights and before.highlights != after.highlights:
        olds = {h.id: highlight_to_json(h) for h in before.highlights}
        news = {h.id: highlight_to_json(h) for h in after.highlights}
        found += [
            Change(uid, "highlights", olds.get(key), news.get(key))
            for key in dict.fromkeys([*olds, *news])
            if olds.get(key) != news.get(key)
        ]
    return found


def apply_changes(paper: Paper, changes: Iterable[Change]) -> tuple[Paper, list[Change]]:
    """Return `paper` with `changes` made, and those left out because their field holds something else by now."""
    values: dict[str, Any] = {}
    conflicts = []
    for change in changes:
        name = change.field
        now = values.get(name, getattr(paper, name))
        if name in SETS:
            made: tuple[Any] | None = _element_changed(now, change)
        elif name == "highlights":
            made = _highlight_changed(now, change)
        else:
            made = (from_json(name, change.after),) if to_json(name, now) == change.before else None
        if made is None:
            conflicts.append(change)
        else:
            values[name] = made[0]
    return (replace(paper, **values) if values else paper), conflicts


def _element_changed(now: frozenset[str], change: Change) -> tuple[frozenset[str]] | None:
    if change.after is not None:
        return None if change.after in now else (now | {change.after},)
    return (now - {change.before},) if change.before in now else None


def _highlight_changed(now: tuple[Highlight, ...], change: Change) -> tuple[tuple[Highlight, ...]] | None:
    key = (change.before or change.after)["id"]
    held = next((h for h in now if h.id == key), None)
    if (None if held is None else highlight_to_json(held)) != change.before:
        return None
    if change.after is None:
        return (tuple(h for h in now if h.id != key),)
    new = highlight_from_json(change.after)
    kept = [new if h.id == key else h for h in now] if held else [*now, new]
    return (tuple(sorted(kept, key=reading_order)),)


def reading_order(highlight: Highlight) -> tuple[bool, int, str]:
    """Sort key of highlights: as they stand in the abstract, those without a place last."""
    return highlight.start is None, highlight.start or 0, highlight.id
