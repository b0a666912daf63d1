"""Papers as one Markdown text (out), to read, to paste, to hand on. Whatever a paper says shows as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from readinglist.formats.markdown_text import escape_markdown
from readinglist.paper import Paper, Status

STATUS_NAMES = {
    Status.INBOX: "Inbox",
    Status.NEXT: "Up next",
    Status.READING: "Reading",
    Status.LATER: "Later",
    Status.READ: "Read",
    Status.ARCHIVED: "Archived",
}
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", " ": "%20"})


def write_markdown(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a heading, then a section for each paper; the note of the reader stands as it was written."""
    yield "# Reading list\n"
    for paper in papers:
        yield "\n" + "\n\n".join(_blocks(paper)) + "\n"


def _blocks(paper: Paper) -> Iterator[str]:
    yield f"## {escape_markdown(paper.title)}"
    facts = [", ".join(author.name for author in paper.authors), str(paper.year or ""), paper.venue or ""]
    if shown := " · ".join(escape_markdown(fact) for fact in facts if fact):
        yield shown
    addresses = {url: name for name, url in paper_addresses(paper)}
    if addresses:
        yield " · ".join(f"[{escape_markdown(name)}]({url.translate(_IN_ADDRESS)})" for url, name in addresses.items())
    state = [STATUS_NAMES[paper.status]] + (["starred"] if paper.starred else [])
    state += [f"until {paper.until}"] if paper.until else []
    tags = ", ".join(sorted(paper.tags, key=str.casefold))
    yield escape_markdown(" · ".join(state) + (f" · Tags: {tags}" if tags else ""))
    if paper.abstract:
        yield escape_markdown(paper.abstract)
    for highlight in paper.highlights:
        yield "\n".join(f"> {line}".rstrip() for line in escape_markdown(highlight.quote).split("\n"))
        if highlight.comment:
            yield escape_markdown(highlight.comment)
    if paper.note:
        yield "**Note**"
        yield re.sub(r"^(#{1,4}) ", r"##\1 ", paper.note.strip("\n"), flags=re.MULTILINE)


def paper_addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield (what to call it, address) for every address of a paper, the page first, no repeats."""
    seen: set[str] = set()
    own = (
        paper.url,
        paper.arxiv_id and f"https://arxiv.org/abs/{paper.arxiv_id}",
        paper.doi and f"https://doi.org/{paper.doi}",
    )
    for kind, url in (*(("page", url) for url in own), *((link.kind, link.url) for link in paper.links)):
        if url and url.rstrip("/") not in seen:
            seen.add(url.rstrip("/"))
            yield _name(kind, url), url


def _name(kind: str, url: str) -> str:
    """Return what to call an address.

    >>> _name("page", "https://arxiv.org/abs/2401.00001"), _name("pdf", "https://x.example/a.pdf")
    ('arXiv', 'PDF')
    """
    if kind == "page":
        host = url.partition("://")[2].partition("/")[0].lower().removeprefix("www.").removeprefix("dx.")
        return {"arxiv.org": "arXiv", "doi.org": "DOI", "huggingface.co": "Hugging Face"}.get(host, "Page")
    return {"pdf": "PDF", "code": "Code", "project": "Project"}.get(kind, "Link")
