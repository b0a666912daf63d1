"""One paper as one Markdown file with front matter, as Obsidian and its like show it, out and in again.

    ---
    title: On Lists
    authors:
      - Ada Quill
    tags:
      - nlp/bias
    status: next
    ---
    # On Lists

    ## Abstract

    We keep lists.

    ## Highlights

    > keep lists

    ^highlight-1

    Do we?

    ## Note

    Read the *appendix* first.

Each fact stands in one place: abstract, comments on highlights and the note in the text, everything else in the
front matter. The note is the rest of the file, as it is. What somebody writes outside these sections is not lost: it
joins the note. Knows nothing of folders or file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item
from readinglist.formats.markdown_text import escape_markdown, guard_lines, unescape_markdown, unguard_lines
from readinglist.formats.paper_json import items_from_json, paper_as_json
from readinglist.formats.source import USUAL, Limits
from readinglist.formats.yaml_text import read_yaml, write_yaml
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.text.identifiers import link_kind

MARK = "readinglist"
"""The key of the front matter that says which program wrote a file, and holds a checksum of the rest."""

_KEYS = (
    *("title", "authors", "year", "published", "venue", "doi", "arxiv_id", "url", "keywords"),
    *(
        "tags",
        "status",
        "starred",
        "until",
        "added",
        "changed",
        "finished",
        "listed",
        "upvotes",
        "submitted_by",
        "taste",
    ),
    *("links", "source", "version", "corrected", "families", "order_key", "trashed", "highlights", "extra", "uid"),
)
_ALWAYS = frozenset({"title", "tags", "status", "starred"})
_NO_TEXT = frozenset({"year", "starred", "upvotes", "highlights", "extra", "tag_names", "families"})
_TEXTS = frozenset(_KEYS) - _NO_TEXT
_SECTIONS = {"## Abstract": "abstract", "## Highlights": "highlights", "## Note": "note"}
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PLACE = re.compile(r"\^highlight-(\d{1,9})[ \t]*")
_HEADING = re.compile(r"#{1,6}\s")
_CHECKED = re.compile(rf'^{MARK}: "?1 ([0-9a-f]{{16}})"?\n', re.MULTILINE)
_NO_TAG = re.compile(r"[^\w/-]+")


def write_paper(paper: Paper) -> str:
    """Return the file of a paper."""
    said = paper_as_json(paper)
    front = {key: said[key] for key in _KEYS if key in _ALWAYS or said[key] not in (None, [], {}, "")}
    if not any(said["families"]):
        front.pop("families", None)
    if paper.links:
        front["links"] = [link.url for link in paper.links]
        kinds = [link.kind for link in paper.links]
        if kinds != [link_kind(link.url) for link in paper.links]:
            front["link_kinds"] = kinds
    front["tags"], front["tag_names"] = _obsidian_tags(said["tags"])
    if not front["tag_names"]:
        del front["tag_names"]
    if paper.highlights:
        front["highlights"] = [
            {key: value for key, value in each.items() if key != "comment"} for each in said["highlights"]
        ]
    blocks = [f"# {escape_markdown(paper.title)}"]
    if paper.abstract:
        blocks += ["## Abstract", escape_markdown(paper.abstract)]
    if paper.highlights:
        blocks.append("## Highlights")
    for number, highlight in enumerate(paper.highlights, 1):
        quoted = "\n".join(f"> {line}".rstrip() for line in escape_markdown(highlight.quote).split("\n"))
        blocks += [quoted, f"^highlight-{number}"]
        if highlight.comment is not None:
            blocks.append(guard_lines(highlight.comment))
    if paper.note is not None:
        blocks += ["## Note", paper.note]
    front_text, body = write_yaml(front), "\n\n".join(blocks)
    check = _checksum(f"---\n{front_text}---\n{body}\n")
    return f"---\n{front_text}{MARK}: 1 {check}\n---\n{body}\n"


def is_untouched(text: str) -> bool:
    """Say whether a file is as `write_paper` wrote it: nobody has edited it since."""
    found = _CHECKED.search(text)
    return found is not None and _checksum(text[: found.start()] + text[found.end() :]) == found.group(1)


def _checksum(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _obsidian_tags(tags: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """Return tags as Obsidian allows them (letters, digits, "_", "-", "/", not only digits), and what they stand for.

    >>> _obsidian_tags(["nlp/bias", "to read, soon", "2026"])
    (['nlp/bias', 'to-read-soon', 'y2026'], {'to-read-soon': 'to read, soon', 'y2026': '2026'})
    """
    shown: dict[str, str] = {}
    taken = {tag.casefold() for tag in tags}
    for tag in tags:
        name = "/".join(_NO_TAG.sub("-", level).strip("-") or "-" for level in tag.split("/"))
        if not re.search(r"[^\d/-]", name):
            name = f"y{name}"
        wanted, number = name, 1
        while name != tag and name.casefold() in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name.casefold())
        shown[name] = tag
    return list(shown), {name: tag for name, tag in shown.items() if name != tag}


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Return the front matter and the text behind it, or None when a file has none.

    >>> split_front_matter("---\\ntitle: A\\n---\\n# A\\n")
    ('title: A\\n', '# A\\n')
    """
    start = _FENCE.match(text)
    end = _FENCE.search(text, start.end()) if start else None
    if start is None or end is None:
        return None
    return text[start.end() + 1 : end.start()], text[end.end() + 1 :]


def items_from_markdown(text: str, *, name: str, format_name: str, limits: Limits = USUAL) -> list[Item]:
    """Return the notices about a file and, last, the record it gives or the problem why it gives none.

    An empty list: there is no front matter, or nothing in it is of a paper.
    """
    text = text.replace("\r\n", "\n")
    parts = split_front_matter(text)
    if parts is None:
        return []
    front, body = parts
    if not re.search(rf"^[\"']?(?:title|{MARK})[\"']?\s*:", front, re.MULTILINE):
        return []
    try:
        if len(front) > 4 * limits.field_chars:
            raise BadRecord(phrase("its front matter is longer than {what:,} characters", what=4 * limits.field_chars))
        said = read_yaml(front, as_text=_TEXTS, limits=limits)
        if not isinstance(said, dict):
            raise BadRecord("its front matter is no list of properties")
    except BadRecord as error:
        return [Problem("failed", name, 1, phrase("front matter: {error}", error=error))]
    notices = _join(said, body)
    items: list[Item] = [Problem("notice", name, 1, notice) for notice in notices]
    return items + items_from_json(said, name=name, line=1, format_name=format_name, limits=limits)


def _join(said: dict[str, Any], body: str) -> list[str]:
    """Put what the text of a file says into its front matter, in the shape of `paper_as_json`; return notices."""
    is_ours = MARK in said or "uid" in said
    said.pop(MARK, None)
    kinds = said.pop("link_kinds", None)
    links = said.get("links")
    if isinstance(links, list) and isinstance(kinds, list) and len(kinds) == len(links):
        said["links"] = [{"kind": kind, "url": url} for kind, url in zip(kinds, links, strict=True)]
    names = said.pop("tag_names", None)
    if isinstance(said.get("tags"), str):
        said["tags"] = re.split(r"[,\s]+", said["tags"].strip())
    if isinstance(said.get("tags"), list):
        tags = [tag.removeprefix("#") if isinstance(tag, str) else tag for tag in said["tags"] if tag is not None]
        said["tags"] = [
            names.get(tag, tag) if isinstance(names, dict) and isinstance(tag, str) else tag for tag in tags
        ]
    if said.get("status") is None and is_ours:
        said["status"] = "inbox"
    sections, stray = _sections(body)
    if "abstract" in sections:
        said["abstract"] = unescape_markdown(sections["abstract"])
    said["highlights"] = _highlights(said.get("highlights"), sections.get("highlights", ""), said.get("abstract"))
    note = sections.get("note")
    if stray.strip():
        note = stray.strip() if note is None else f"{note}\n\n{stray.strip()}"
    if note is not None:
        said["note"] = note
    return [phrase("text outside its sections was put into the note")] if stray.strip() and is_ours else []


def _sections(body: str) -> tuple[dict[str, str], str]:
    """Return the texts of our sections, without the blank line on either side, and the text outside of them."""
    gathered: dict[str, list[str]] = {"": []}
    current = ""
    lines = body.split("\n")
    if lines and not lines[-1]:
        lines.pop()  # what the last line ends with
    for number, line in enumerate(lines):
        section = _SECTIONS.get(line.rstrip())
        if section and section not in gathered:
            current = section
            gathered[section] = []
            if section == "note":
                gathered[section] = lines[number + 1 :]
                return _trimmed(gathered), "\n".join(gathered[""])
        elif current and _HEADING.match(line):
            current = ""
            gathered[""].append(line)
        elif not (current == "" and line.startswith("# ") and len(gathered) == 1 and not any(gathered[""])):
            gathered[current].append(line)
    return _trimmed(gathered, open_end=current), "\n".join(gathered[""])


def _trimmed(gathered: dict[str, list[str]], open_end: str = "") -> dict[str, str]:
    texts = {}
    for section, lines in gathered.items():
        if lines and not lines[0].strip():
            lines = lines[1:]
        if section not in ("note", open_end) and lines and not lines[-1].strip():
            lines = lines[:-1]
        if section:
            texts[section] = "\n".join(lines)
    return texts


def _highlights(known: Any, section: str, abstract: Any) -> list[dict[str, Any]]:
    """Return the highlights of a section, each with what the front matter says of it.

    A quote is told by the mark below it, else by its words. One that the front matter does not know was written in by
    hand: it gets its place where it stands once in the abstract. A quote that was taken out is gone.
    """
    entries = [entry for entry in known if isinstance(entry, dict)] if isinstance(known, list) else []
    found: list[dict[str, Any]] = []
    used: set[int] = set()
    for quote, place, comment in _quotes(section):
        index = place - 1 if place is not None else None
        if index is None or not 0 <= index < len(entries) or index in used:
            index = next((n for n, e in enumerate(entries) if n not in used and _same(e.get("quote"), quote)), None)
        if index is not None:
            used.add(index)
            found.append({**entries[index], "comment": comment})
        elif quote.strip():
            found.append({"quote": quote, "comment": comment, **_placed(quote, abstract)})
    return found


def _same(one: Any, other: str) -> bool:
    return isinstance(one, str) and one.split() == other.split()


def _placed(quote: str, abstract: Any) -> dict[str, Any]:
    if not isinstance(abstract, str) or abstract.count(quote) != 1:
        return {}
    start = abstract.index(quote)
    end = start + len(quote)
    return {
        "start": start,
        "end": end,
        "prefix": abstract[max(0, start - 32) : start],
        "suffix": abstract[end : end + 32],
    }


def _quotes(section: str) -> Iterable[tuple[str, int | None, str | None]]:
    """Yield (quote, number of its mark, comment) for each quote of the section."""
    lines = section.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].startswith(">"):
            at += 1
            continue
        begin = at
        while at < len(lines) and lines[at].startswith(">"):
            at += 1
        quote = unescape_markdown("\n".join(line[1:].removeprefix(" ") for line in lines[begin:at]))
        mark = at + 1 if at + 1 < len(lines) and not lines[at].strip() else at
        place = _PLACE.fullmatch(lines[mark]) if mark < len(lines) else None
        at = mark + 1 if place else at
        begin = at
        while at < len(lines) and not lines[at].startswith(">"):
            at += 1
        rest = lines[begin:at]
        if rest and not rest[0].strip():
            rest = rest[1:]
        if at < len(lines) and rest and not rest[-1].strip():
            rest = rest[:-1]
        yield quote, int(place.group(1)) if place else None, unguard_lines("\n".join(rest)) if rest else None
