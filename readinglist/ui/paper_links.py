"""The addresses a reader can go to from a paper, with a short name for each. Pure; opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from readinglist.paper import Paper
from readinglist.text.identifiers import is_web_address, normal_arxiv, normal_doi

SHOWN = 8
_NAME_CHARS = 44


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An http or https address and its name on the screen; `kind` is `page`, `pdf`, `code` and so on."""

    name: str
    url: str
    kind: str


def paper_links(paper: Paper) -> list[NamedLink]:
    """Return a paper's links, DOI and arXiv first, each address once; nothing but http and https.

    An address that only repeats the DOI or the arXiv page is left out.
    """
    found: dict[str, NamedLink] = {}
    for link in _candidates(paper):
        if is_web_address(link.url):
            found.setdefault(_same(link.url), link)
    return list(found.values())


def _candidates(paper: Paper) -> Iterator[NamedLink]:
    if paper.doi:
        yield NamedLink(paper.doi, "https://doi.org/" + quote(paper.doi, safe="/:;()._-"), "page")
    if paper.arxiv_id:
        yield NamedLink(f"arXiv {paper.arxiv_id}", f"https://arxiv.org/abs/{quote(paper.arxiv_id, safe='/.')}", "page")
    if paper.url and not _is_known(paper, paper.url):
        yield NamedLink(short_address(paper.url), paper.url, "page")
    for link in paper.links:
        if link.kind == "pdf":
            yield NamedLink("PDF", link.url, "pdf")
        elif not (link.kind == "page" and _is_known(paper, link.url)):
            yield NamedLink(short_address(link.url), link.url, link.kind)


def _is_known(paper: Paper, url: str) -> bool:
    host = (urlsplit(url).hostname or "") if is_web_address(url) else ""
    if host.endswith("doi.org"):
        return paper.doi is not None and normal_doi(url) == paper.doi
    if host.endswith("arxiv.org") and "/abs/" in url and paper.arxiv_id:
        found = normal_arxiv(url)
        return found is not None and found[0] == paper.arxiv_id
    return False


def _same(url: str) -> str:
    return url.partition("://")[2].rstrip("/")


def short_address(url: str) -> str:
    """Return an address as a person would say it, at most 44 characters.

    >>> short_address("https://www.example.org/papers/")
    'example.org/papers'
    """
    name = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return name if len(name) <= _NAME_CHARS else name[: _NAME_CHARS - 1] + "…"
