"""What follows from an edit: the rules a paper keeps however it is changed. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.paper import SOURCE_FIELDS, TASTES, Author, Paper, Status
from readinglist.phrase import phrase
from readinglist.store.tags import normal_tag
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import normal_arxiv, normal_doi

_LINES = ("venue", "url", "submitted_by", "published", "listed")
_MAX_FIELD = 1_000_000
_MAX_LINE = 10_000


def settled(before: Paper, after: Paper | None, *, now: str) -> Paper:
    """Return what an edit by the reader makes of `before`; `after` None means the trash.

    Texts are cleaned, identifiers normalised, source fields set by hand remembered as `corrected`, highlights anchored
    anew when the abstract changed, and `order_key`, `until` and `finished` agree with the status. Raises
    ReadingListError for an empty title, an impossible tag or answer, or a field of over a million characters.
    """
    if after is None:
        return before if before.trashed else replace(before, trashed=now)
    if after.taste is not None and after.taste not in TASTES:
        raise ReadingListError(phrase("The answer “{taste}” is neither “more” nor “less”.", taste=after.taste))
    values = _clean_values(before, after)
    values |= {name: getattr(before, name) for name in ("id", "uid", "added", "changed", "position")}
    values["tags"] = (after.tags & before.tags) | frozenset(normal_tag(t) for t in after.tags - before.tags)
    abstract = values.get("abstract", after.abstract)
    if abstract != before.abstract and after.highlights == before.highlights:
        from readinglist.anchor import anchor  # with it comes rapidfuzz, 5 ms of every start

        values["highlights"] = tuple(anchor(h, abstract or "") for h in after.highlights)
    values |= _status_values(before, after, now)
    differing = {name: value for name, value in values.items() if getattr(after, name) != value}
    paper = replace(after, **differing) if differing else after  # a copy of thousands of papers takes its time
    touched = {name for name in SOURCE_FIELDS if getattr(paper, name) != getattr(before, name)}
    return replace(paper, corrected=paper.corrected | touched) if touched else paper


def _clean_values(before: Paper, after: Paper) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if after.title != before.title:
        values["title"] = clean_line(after.title)
        if not values["title"]:
            raise ReadingListError("A paper needs a title.")
    for name in ("abstract", "note"):
        if (text := getattr(after, name)) != getattr(before, name):
            cleaned = clean_text(text or "")
            values[name] = cleaned if cleaned.strip() else None
    for name in _LINES:
        if (text := getattr(after, name)) != getattr(before, name):
            values[name] = clean_line(text or "") or None
    values |= _clean_lists(before, after)
    if after.doi != before.doi and after.doi:
        values["doi"] = _identifier(phrase("a DOI"), after.doi, normal_doi(after.doi))
    if after.arxiv_id != before.arxiv_id and after.arxiv_id:
        found = normal_arxiv(after.arxiv_id)
        values["arxiv_id"] = _identifier(phrase("an arXiv id"), after.arxiv_id, found[0] if found else None)
    for name, value in values.items():
        if isinstance(value, str) and name in (*_LINES, "title") and len(value) > _MAX_LINE:
            raise ReadingListError(phrase("The {name} is too long (over 10,000 characters).", name=phrase(name)))
        if isinstance(value, str) and len(value) > _MAX_FIELD:
            raise ReadingListError(phrase("The {name} is too long (over a million characters).", name=phrase(name)))
    return values


def _clean_lists(before: Paper, after: Paper) -> dict[str, Any]:
    """Return what differs in the fields that hold several texts, cleaned, without those of which nothing is left."""
    values: dict[str, Any] = {}
    if after.authors != before.authors:
        names = [(clean_line(each.name), each.family and clean_line(each.family)) for each in after.authors]
        values["authors"] = tuple(Author(name, family or None) for name, family in names if name)
    if after.keywords != before.keywords:
        values["keywords"] = tuple(filter(None, map(clean_line, after.keywords)))
    if after.links != before.links:
        values["links"] = tuple(replace(each, url=clean_line(each.url)) for each in after.links)
    if after.highlights != before.highlights:
        values["highlights"] = tuple(
            replace(each, comment=clean_text(each.comment or "").strip() or None) for each in after.highlights
        )
    return values


def _identifier(what: str, typed: str, found: str | None) -> str:
    if found is None:
        raise ReadingListError(phrase("“{typed}” is not {what}.", typed=clean_line(typed)[:80], what=what))
    return found


def _status_values(before: Paper, after: Paper, now: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if after.status is not Status.NEXT and after.order_key is not None:
        values["order_key"] = None
    if after.status is not Status.LATER and after.until is not None:
        values["until"] = None
    if after.status is before.status:
        return values
    if after.status is Status.READ:
        values["finished"] = after.finished or now
    elif after.status is not Status.ARCHIVED and after.finished == before.finished:
        values["finished"] = None
    return values
