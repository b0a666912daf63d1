"""Hugging Face daily papers: the JSON that its public interface gives (`/api/daily_papers`, `/api/papers/ID`).

    [{"paper": {"id": "2401.00001", "title": "...", "summary": "...", "upvotes": 3, "authors": [{"name": "..."}]},
      "numComments": 1, "submittedBy": {"fullname": "..."}}]
    -> Record(paper=Paper(arxiv_id="2401.00001", url="https://huggingface.co/papers/2401.00001", upvotes=3, ...))

Upvotes stand inside `paper`, comments outside; a title and a summary stand in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord, Fields, safe_value, unique
from readinglist.formats.item import Item, Record
from readinglist.formats.json_text import json_elements, json_values
from readinglist.formats.paper_json import with_code_links
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Author, Link, Paper
from readinglist.phrase import phrase
from readinglist.text.identifiers import is_web_address, normal_arxiv

_OWN_MARKS = frozenset({"uid", "status", "arxiv_id"})
_MARKS = frozenset(
    {
        "publishedAt",
        "submittedOnDailyAt",
        "submittedOnDailyBy",
        "githubRepo",
        "ai_keywords",
        "ai_summary",
        "numComments",
    }
    | {"discussionId", "projectPage", "isAuthorParticipating"}
)
_QUOTED_KEY = re.compile(r'(?<!\\)"(\w+)"\s*:')
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_KEPT = ("ai_summary", "githubStars", "discussionId", "mediaUrls", "thumbnail", "numComments")


def recognise_huggingface(sample: Sample) -> float:
    """Say how sure it is that these are daily papers, by the names of their fields."""
    if not sample.text.lstrip().startswith(("[", "{")):
        return 0.0
    first = next((element.text for element in json_elements([sample.text]) if element.text), sample.text)
    keys = set(_QUOTED_KEY.findall(first))
    if keys & _OWN_MARKS:
        return 0.0
    if "paper" in keys and "title" in keys:
        return 0.9
    return 0.9 if len(keys & _MARKS) >= 2 else 0.0


def read_huggingface(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a list of daily papers, of one of its items, or of a plain `paper` object."""
    for read in json_values(source, limits):
        if isinstance(read, Problem):
            yield read
            continue
        line, value = read
        notices: list[str] = []
        try:
            paper = paper_from_item(value, notices, limits)
        except BadRecord as error:
            yield Problem("failed", source.name, line, error.message)
            continue
        for notice in notices:
            yield Problem("notice", source.name, line, notice)
        yield Record(line, paper)


def paper_from_item(item: object, notices: list[str], limits: Limits = USUAL) -> Paper:
    """Return the paper of one item, or of the `paper` object inside it; add what was wrong with it to `notices`.

    Authors marked `hidden` are left out, as on the page. Raise `BadRecord` when there is no title.
    """
    if not isinstance(item, dict):
        raise BadRecord("this is not an object with a paper")
    inner = item.get("paper", item)
    if not isinstance(inner, dict):
        notices.append(phrase("paper is not an object; only what stands beside it was read"))
        inner = {}
    paper, outer = Fields(inner, limits), Fields(item, limits)
    title = paper.line("title") or outer.line("title")
    if title is None:
        raise BadRecord("there is no title")
    abstract = paper.prose("summary") or outer.prose("summary")
    published = paper.day("publishedAt") or outer.day("publishedAt")
    number = paper.line("id")
    arxiv = normal_arxiv(number) if number else None
    if number and arxiv is None:
        notices.append(phrase("id is no arXiv identifier"))
    result = Paper(
        title=title,
        abstract=abstract,
        authors=_authors(paper),
        year=int(published[:4]) if published else None,
        published=published,
        listed=paper.day("submittedOnDailyAt") or outer.day("submittedOnDailyAt"),
        arxiv_id=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        url=f"https://huggingface.co/papers/{arxiv[0]}" if arxiv else None,
        links=_links(paper, arxiv[0] if arxiv else None, abstract),
        keywords=unique(paper.strings("ai_keywords", cut=";,")),
        upvotes=paper.integer("upvotes", 0),
        submitted_by=_person(paper, "submittedOnDailyBy") or _person(outer, "submittedBy"),
        source="huggingface",
        extra=_extra(item, inner),
    )
    notices += paper.notices if inner is item else paper.notices + outer.notices
    return result


def _authors(paper: Fields) -> tuple[Author, ...]:
    authors = []
    for entry in paper.objects("authors"):
        author = Fields(entry)
        name = author.line("name") or author.line("fullname")
        if name is None:
            paper.notices.append(phrase("authors holds an entry without a name; it was left out"))
        elif entry.get("hidden") is not True:
            authors.append(Author(name))
    return tuple(authors)


def _person(fields: Fields, name: str) -> str | None:
    value = fields.raw(name)
    if isinstance(value, dict):
        person = Fields(value)
        return person.line("fullname") or person.line("name") or person.line("user")
    return fields.line(name)


def _links(paper: Fields, arxiv_id: str | None, abstract: str | None) -> tuple[Link, ...]:
    links = []
    if arxiv_id:
        links.append(Link("page", f"https://arxiv.org/abs/{arxiv_id}"))
        links.append(Link("pdf", f"https://arxiv.org/pdf/{arxiv_id}"))
    repository, project = paper.line("githubRepo"), paper.line("projectPage")
    if repository and _REPOSITORY.fullmatch(repository):
        repository = f"https://github.com/{repository}"
    elif repository and repository.lower().startswith(("github.com/", "www.github.com/")):
        repository = f"https://{repository}"
    for kind, name, url in (("code", "githubRepo", repository), ("project", "projectPage", project)):
        if url and is_web_address(url):
            links.append(Link(kind, url))
        elif url:
            paper.notices.append(phrase("{name} is no web address and was left out", name=name))
    return with_code_links(tuple(links), abstract) if abstract else tuple(links)


def _extra(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a paper has no field for and somebody may miss."""
    extra = {}
    for key in _KEPT:
        value = inner.get(key, outer.get(key))
        if value is not None:
            extra[key] = safe_value(value)
    organization = inner.get("organization")
    if isinstance(organization, dict):
        name = Fields(organization).line("fullname", "name")
        if name:
            extra["organization"] = name
    return extra
