"""A digest as plain text for a terminal, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from readinglist.formats.digest import Digest, DigestPaper, excerpt, facts, group_name, more_papers, people
from readinglist.formats.markdown_list import paper_addresses
from readinglist.formats.markdown_text import escape_markdown
from readinglist.text.clean import clean_line

_WIDTH = 78
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", " ": "%20"})


# -- text -----------------------------------------------------------------------------------------


def text_digest(digest: Digest) -> Iterator[str]:
    """Yield the digest as plain text, lines of 78 characters, safe for a terminal."""
    yield f"{digest.title}\n{'=' * len(digest.title)}\n"
    if digest.note:
        yield "\n" + textwrap.fill(clean_line(digest.note), _WIDTH) + "\n"
    for group in digest.groups:
        head = f"{clean_line(group_name(group))} ({len(group.papers)})"
        yield f"\n{head}\n{'-' * min(len(head), _WIDTH)}\n"
        for entry in group.papers:
            yield "\n" + "\n".join(_text_entry(entry)) + "\n"
    if more := more_papers(digest):
        yield f"\n{more}\n"


def _text_entry(entry: DigestPaper) -> Iterator[str]:
    paper = entry.paper

    def wrapped(text: str, first: str = "  ") -> Iterator[str]:
        line = clean_line(text)
        if line:
            yield from textwrap.wrap(line, _WIDTH, initial_indent=first, subsequent_indent="  ", break_on_hyphens=False)

    yield from wrapped(paper.title, f"{paper.id}  ")
    yield from wrapped(people(paper))
    yield from wrapped(" · ".join(facts(paper)))
    yield from wrapped("; ".join(entry.reasons), "  > ")
    yield from wrapped(excerpt(paper.abstract or ""))
    for _, address in list(paper_addresses(paper))[:1]:
        yield f"  {clean_line(address)}"


# -- Markdown -------------------------------------------------------------------------------------


def markdown_digest(digest: Digest) -> Iterator[str]:
    """Yield the digest as Markdown; whatever a paper says shows as it is."""
    yield f"# {escape_markdown(digest.title)}\n"
    if digest.note:
        yield f"\n{escape_markdown(clean_line(digest.note))}\n"
    for group in digest.groups:
        yield f"\n## {escape_markdown(clean_line(group_name(group)))} ({len(group.papers)})\n"
        for entry in group.papers:
            yield "\n" + "\n\n".join(_markdown_blocks(entry)) + "\n"
    if more := more_papers(digest):
        yield f"\n{more}\n"


def _markdown_blocks(entry: DigestPaper) -> Iterator[str]:
    paper = entry.paper
    title = escape_markdown(clean_line(paper.title))
    addresses = list(paper_addresses(paper))
    linked = f"[{title}]({addresses[0][1].translate(_IN_ADDRESS)})" if addresses else title
    yield f"### {linked}"
    about = [people(paper), *facts(paper)]
    if shown := " · ".join(escape_markdown(clean_line(fact)) for fact in about if fact):
        yield shown
    if entry.reasons:
        yield f"*{escape_markdown(clean_line('; '.join(entry.reasons)))}*"
    if paper.abstract:
        yield escape_markdown(excerpt(paper.abstract))
