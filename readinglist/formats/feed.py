"""RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) files, and arXiv's two: what its API answers and its daily lists.

    <entry><id>http://arxiv.org/abs/2401.00001v2</id><title>On lists</title>...</entry>
    -> Record(paper=Paper(title="On lists", arxiv_id="2401.00001", version="v2", source="arxiv", ...))

Sources: RFC 4287; RSS 2.0 and 1.0; Dublin Core and PRISM as publishers use them; arXiv's API manual §3.3 and its
description of RSS feeds. A record of arXiv has the source `arxiv` in whatever feed it stands, so that a replaced
version is an update of the same record. Knows nothing of where a file came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord, Fields, iso_day, unique
from readinglist.formats.item import Item, Record
from readinglist.formats.paper_json import authors_of_text, with_code_links
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.formats.xml_text import (
    XML,
    Cutter,
    Head,
    Node,
    local,
    parse_element,
    parse_head,
    root_name,
    xml_chunks,
)
from readinglist.paper import Author, Link, Paper
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_web_address, link_kind, normal_arxiv, normal_doi
from readinglist.text.markup import text_of_html

_SPACES = {
    "": "rss",
    "http://purl.org/rss/1.0/": "rss",
    "http://my.netscape.com/rdf/simple/0.9/": "rss",
    "http://channel.netscape.com/rdf/simple/0.9/": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://backend.userland.com/RSS2": "rss",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/dc/": "dc",
    "http://search.yahoo.com/mrss/": "media",
    "http://arxiv.org/schemas/atom": "arxiv",
    "http://arxiv.org/schemas/rss": "arxiv",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_PRISM = "http://prismstandard.org/namespaces/"
_UNDECLARED = "urn:undeclared:"
_ARXIV_MARKS = ("http://arxiv.org/schemas/", "rss.arxiv.org/", "export.arxiv.org/rss", "arxiv.org/api/")
_RSS_1_MARKS = ("http://purl.org/rss/1.0/", "netscape.com/rdf/simple/0.9/")
_TITLES = ("atom:title", "rss:title", "dc:title", "media:title")
_ABSTRACTS = (
    *("atom:summary", "rss:description", "atom:content", "content:encoded", "dc:description", "media:description"),
)
_KEPT = {
    "comment": "arxiv:comment",
    "announce_type": "arxiv:announce_type",
    "rights": "dc:rights",
    "volume": "prism:volume",
    "number": "prism:number",
    "pages": "prism:pageRange",
    "issn": "prism:issn",
}
_ANNOUNCED = re.compile(r"\s*arXiv:(\S+)\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE)
_OLD_TITLE = re.compile(r"\.? ?\(arXiv:([^\s()]+)(?: \[([\w.-]+)\])?(?: (UPDATED|CROSS LISTED))?\)$")
_PARAGRAPH = re.compile(r"</?(?:p|br|div)\b", re.IGNORECASE)
_MAILED = re.compile(r"[^\s@]+@\S+\s+\((.+)\)")
_AFFILIATION = re.compile(r"\([^()]*\)")
_NAME_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def recognise_feed(sample: Sample) -> float:
    """Say how sure it is that this is a feed: by its first element and the namespaces it names."""
    root = root_name(sample.text)
    name = local_name(root[0]) if root else None
    if name == "rss":
        return 0.9
    if name == "RDF":
        return 0.9 if any(mark in sample.text for mark in _RSS_1_MARKS) else 0.0
    if name == "feed":
        return 0.9 if "http://www.w3.org/2005/Atom" in sample.text or "http://purl.org/atom/ns#" in sample.text else 0.4
    return 0.0


def recognise_arxiv(sample: Sample) -> float:
    """Say how sure it is that this is a feed of arXiv."""
    sure = recognise_feed(sample)
    return 0.95 if sure and any(mark in sample.text for mark in _ARXIV_MARKS) else 0.0


def local_name(written: str) -> str:
    """Return the name of an element as it is written without its prefix."""
    return written.rpartition(":")[2]


def entry_names(root: str) -> tuple[str, ...]:
    """Return what the entries of a feed are called, as written, whose first element is called `root`."""
    prefix, _, name = root.rpartition(":")
    return (f"{prefix}:entry" if prefix else "entry",) if name == "feed" else ("item", "rss:item")


def read_feed(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a feed, of any kind; an entry that is broken costs itself only, as far as it is broken.

    Raise `ReadingListError` as `Source.open` does.
    """
    root = root_name(source.sample().text)
    cutter = Cutter(entry_names(root[0] if root else ""))
    feed: _Feed | None = None
    if root and local_name(root[0]) == "feed":  # whose authors, which are those of its entries, may stand behind them
        for _ in cutter.cut(xml_chunks(source, limits)):
            pass
        feed = _feed_of(cutter.outside, limits)
    empty = True
    for cut in cutter.cut(xml_chunks(source, limits)):
        empty = False
        if feed is None:
            feed = _feed_of(cutter.outside, limits)
        if cut.problem:
            yield Problem("failed", source.name, cut.line, cut.problem)
            continue
        notices: list[str] = []
        try:
            node = parse_element(cut.text, cut.line, feed.namespaces, limits)
            paper = _paper(node, feed, notices, limits)
        except BadRecord as error:
            yield Problem("failed", source.name, cut.line, error.message)
            continue
        for notice in notices:
            yield Problem("notice", source.name, cut.line, notice)
        yield Record(cut.line, paper)
    if empty:
        yield Problem("notice", source.name, None, "this feed has no entries")


class _Feed(NamedTuple):
    """What a feed says of all its entries."""

    namespaces: dict[str, str]
    base: str
    authors: tuple[Author, ...]


def _feed_of(text: str, limits: Limits) -> _Feed:
    try:
        head = parse_head(text, limits)
    except BadRecord:  # whatever nests so deeply before the first entry: the entries may be well
        head = Head(Node(""), {})
    said = _Said(head.root)
    if local(head.root.name) in ("rss", "RDF") and (channel := said.first("rss:channel")):
        said = _Said(channel)
    base = head.root.attributes.get(f"{XML} base", "")
    if not is_web_address(base):
        links = [_attribute(link, "href") or clean_line(link.text) for link in said.all("atom:link", "rss:link")]
        base = next(filter(is_web_address, links), "")
    return _Feed(dict(head.namespaces), base, _persons(said.all("atom:author")))


class _Said:
    """The children of an element by their names, "atom:title"."""

    def __init__(self, node: Node) -> None:
        self._by_key: dict[str, list[Node]] = {}
        for child in node.children:
            self._by_key.setdefault(_key(child.name), []).append(child)

    def all(self, *keys: str) -> list[Node]:
        """Return the children with any of these names."""
        return [node for key in keys for node in self._by_key.get(key, ())]

    def first(self, *keys: str) -> Node | None:
        """Return the first child with one of these names that holds anything, looking for one name after the other."""
        return next((node for node in self.all(*keys) if node.parts), None)

    def line(self, *keys: str) -> str | None:
        """Return the text of the first such child as one line."""
        return next((line for node in self.all(*keys) if (line := clean_line(node.text))), None)


def _key(name: str) -> str:
    uri, _, tail = name.rpartition(" ")
    if uri.startswith(_PRISM):
        return f"prism:{tail}"
    if uri.startswith(_UNDECLARED):
        return f"{uri.removeprefix(_UNDECLARED)}:{tail}"
    return f"{_SPACES.get(uri, 'other')}:{tail}"


def _attribute(node: Node, name: str) -> str:
    return clean_line(node.attributes.get(name, ""))


def _paper(node: Node, feed: _Feed, notices: list[str], limits: Limits) -> Paper:
    """Return the paper of one entry. Raise `BadRecord` when it has no title, or is no paper but an error of arXiv."""
    said = _Said(node)
    number = said.line("atom:id", "rss:guid", "dc:identifier") or ""
    if "arxiv.org/api/errors" in number:
        answer = said.line("atom:summary") or "it does not say which"
        raise BadRecord(phrase("arXiv answered with an error: {answer}", answer=answer[:200]))
    url, links = _links(said, feed.base, node.attributes.get(f"{XML} base", ""), notices)
    arxiv = next(
        (found for text in (number, url or "") if "arxiv" in text.lower() and (found := normal_arxiv(text))), None
    )
    title = _text(said.first(*_TITLES), said, html=arxiv is None) or _text(_inside(node, "media:title"), said)
    abstract = _text(said.first(*_ABSTRACTS), said, html=arxiv is None)
    extra: dict[str, Any] = {key: text for key, name in _KEPT.items() if (text := said.line(name))}
    keywords = _keywords(said)
    if arxiv:
        title, abstract, arxiv, more = _as_announced(title, abstract, arxiv)
        extra = {**more, **extra}
        if primary := next((_attribute(each, "term") for each in said.all("arxiv:primary_category")), ""):
            extra["eprintclass"] = primary
        if "eprintclass" in extra:
            keywords = [extra["eprintclass"], *keywords]
    fields = Fields({"title": title, "summary": abstract, "version": _updated(said)}, limits)
    shown = fields.line("title")
    if node.broken:
        if shown is None:
            raise BadRecord(phrase("this is broken XML before its title: {broken}", broken=node.broken))
        notices.append(phrase("this is broken XML and was read up to there: {broken}", broken=node.broken))
    if shown is None:
        raise BadRecord("there is no title")
    prose = fields.prose("summary")
    published, listed = _dates(said, notices, from_arxiv=arxiv is not None)
    authors = _authors(said, feed, arxiv is not None, extra)
    code = "\n".join(filter(None, (prose, extra.get("comment"))))
    if arxiv:
        url, links = f"https://arxiv.org/abs/{arxiv[0]}", _arxiv_links(arxiv[0], links)
    year = int(published[:4]) if published else _arxiv_year(arxiv[0]) if arxiv else None
    paper = Paper(
        title=shown,
        abstract=prose,
        authors=authors,
        year=year,
        published=published,
        listed=listed,
        venue=said.line("arxiv:journal_ref", "arxiv:journal_reference", "prism:publicationName"),
        doi=_doi(said, number, url),
        arxiv_id=arxiv[0] if arxiv else None,
        url=url,
        links=with_code_links(tuple(links), code) if code else tuple(links),
        keywords=unique(keywords),
        source="arxiv" if arxiv else "feed",
        version=arxiv[1] if arxiv else fields.time("version"),
        extra=extra,
    )
    notices += fields.notices
    return paper


def _dates(said: _Said, notices: list[str], *, from_arxiv: bool) -> tuple[str | None, str | None]:
    """Return the days on which a paper was published and listed; arXiv's lists say only when they list it."""
    published = _day(said, notices, "atom:published", "atom:issued", "prism:publicationDate", "prism:coverDate")
    listed = _day(said, notices, "rss:pubDate")
    published = published or _day(said, notices, "dc:date", "dcterms:issued", "atom:updated", "atom:modified")
    if from_arxiv:
        return None if listed else published, listed
    return published or listed, listed


def _text(node: Node | None, said: _Said, *, html: bool = True) -> str | None:
    """Return the text of an element, out of HTML where it says so or, in RSS, where it may be."""
    if node is None:
        return None
    kind = _attribute(node, "type").lower()
    if any(True for _ in node.children):
        return text_of_html(node.markup())
    text = node.text
    is_atom = _key(node.name).startswith("atom:")
    if "html" in kind or (html and not is_atom) or (not is_atom and _PARAGRAPH.search(text)):
        return text_of_html(text)
    return text


def _inside(node: Node, key: str) -> Node | None:
    """Return the first element of a name at any depth."""
    for child in node.children:
        found = child if _key(child.name) == key else _inside(child, key)
        if found is not None:
            return found
    return None


def _as_announced(
    title: str | None, abstract: str | None, arxiv: tuple[str, str | None]
) -> tuple[str | None, str | None, tuple[str, str | None], dict[str, str]]:
    """Take what arXiv's lists put into the texts out of them: number, version, kind of announcement, category."""
    more: dict[str, str] = {}
    if abstract and (found := _ANNOUNCED.match(abstract)):
        abstract = abstract[found.end() :]
        arxiv = normal_arxiv(found.group(1)) or arxiv
        more["announce_type"] = found.group(2).lower()
    if title and (old := _OLD_TITLE.search(clean_line(title))):
        title = clean_line(title)[: old.start()]
        arxiv = normal_arxiv(old.group(1)) or arxiv
        kind = {"UPDATED": "replace", "CROSS LISTED": "cross"}.get(old.group(3) or "", "new")
        more |= {"announce_type": kind} | ({"eprintclass": old.group(2)} if old.group(2) else {})
    return title, abstract, arxiv, more


def _arxiv_year(number: str) -> int:
    """Return the year in an arXiv identifier (two digits; the archive began in 1991)."""
    year = int(number.rpartition("/")[2][:2])
    return 1900 + year if year >= 91 else 2000 + year


def _arxiv_links(number: str, links: list[Link]) -> list[Link]:
    own = [Link("page", f"https://arxiv.org/abs/{number}"), Link("pdf", f"https://arxiv.org/pdf/{number}")]
    return own + [link for link in links if number not in link.url]


def _links(said: _Said, feed_base: str, base: str, notices: list[str]) -> tuple[str | None, list[Link]]:
    """Return the page of an entry and the other addresses it gives; relative ones are resolved (RFC 4287 §4.2.7)."""
    pages: list[tuple[int, str]] = []
    others: list[Link] = []

    def absolute(node: Node, address: str) -> str | None:
        try:
            full = urljoin(urljoin(urljoin(feed_base, base), node.attributes.get(f"{XML} base", "")), address)
        except ValueError:
            full = ""
        if full.lower().startswith(("http:", "https:")) and is_web_address(full):
            return full
        notices.append(
            phrase("the link {address!r} is no web address and was left out", address=clean_line(address[:60]))
        )
        return None

    for node in said.all("atom:link", "rss:enclosure"):
        address = _attribute(node, "href") or _attribute(node, "url")
        relation = _attribute(node, "rel") or "alternate"
        kind = _attribute(node, "type")
        is_file = _key(node.name) == "rss:enclosure" or relation in ("enclosure", "related")
        if not address or relation not in ("alternate", "enclosure", "related"):
            continue
        url = absolute(node, address)
        if url and not is_file:
            pages.append((0 if "html" in kind or not kind else 1, url))
        elif url and (kind == "application/pdf" or link_kind(url) in ("pdf", "code")):
            others.append(Link("pdf" if kind == "application/pdf" else link_kind(url), url))
    pages += [
        (-1 if "origLink" in node.name else 0, url)
        for node in said.all("feedburner:origLink", "rss:link")
        if (address := clean_line(node.text)) and (url := absolute(node, address))
    ]
    guid = next(iter(said.all("rss:guid")), None)
    if not pages and guid is not None and _attribute(guid, "isPermaLink").lower() != "false":
        address = clean_line(guid.text)
        if is_web_address(address):
            pages.append((0, address))
    pages.sort(key=lambda page: page[0])
    return (pages[0][1] if pages else None), others


def _authors(said: _Said, feed: _Feed, arxiv: bool, extra: dict[str, Any]) -> tuple[Author, ...]:
    """Return the authors of an entry, else those of its source, else in Atom those of the feed (RFC 4287 §4.2.1)."""
    persons = said.all("atom:author")
    if found := _persons(persons):
        affiliations = {
            name: place for person in persons for name, place in [_affiliation(_Said(person))] if name and place
        }
        if affiliations:
            extra["affiliations"] = affiliations
        return found
    names = said.all("dc:creator", "dc:contributor") or said.all("rss:author")
    authors = tuple([author for node in names for author in _named(node, arxiv)])
    if authors:
        return authors
    of_source = [author for node in said.all("atom:source") for author in _Said(node).all("atom:author")]
    return _persons(of_source) or feed.authors


def _affiliation(person: _Said) -> tuple[str | None, str]:
    return person.line("atom:name"), "; ".join(clean_line(node.text) for node in person.all("arxiv:affiliation"))


def _persons(nodes: list[Node]) -> tuple[Author, ...]:
    """Return Atom's persons by their names; one that has none is left out."""
    names = (_Said(node).line("atom:name") for node in nodes)
    return tuple([Author(name) for name in names if name])


def _named(node: Node, arxiv: bool) -> tuple[Author, ...]:
    text = clean_line(text_of_html(node.markup() if any(True for _ in node.children) else node.text))
    if mailed := _MAILED.fullmatch(text):
        text = mailed.group(1)
    if not arxiv:
        return authors_of_text(text)
    names: list[str] = []
    while text != (text := _AFFILIATION.sub("", text)):
        pass
    for name in map(clean_line, re.split(r",| and ", text)):
        if name.lower() in _NAME_SUFFIXES and names:
            names[-1] += f" {name}"
        elif name:
            names.append(name)
    return tuple(map(Author, names))


def _keywords(said: _Said) -> list[str]:
    words = [_attribute(node, "term") or _attribute(node, "label") for node in said.all("atom:category")]
    for node in said.all("rss:category", "dc:subject", "prism:keyword"):
        words += map(clean_line, text_of_html(node.text).split(";"))
    return [word for word in words if word]


def _doi(said: _Said, number: str, url: str | None) -> str | None:
    for text in (said.line("prism:doi", "arxiv:doi", "arxiv:DOI"), said.line("dc:identifier"), number, url):
        if text and ("doi" in text.lower() or text.startswith("10.")) and (found := normal_doi(text)):
            return found
    return None


def _updated(said: _Said) -> str | None:
    """Return when an entry was last changed, as ISO text, or None."""
    text = said.line("atom:updated", "atom:modified", "dcterms:modified")
    return text if text and iso_day(text) else None


def _day(said: _Said, notices: list[str], *keys: str) -> str | None:
    """Return the first date among some elements, ISO 8601 or RFC 822, as the day it names."""
    for node in said.all(*keys):
        text = clean_line(node.text)
        found = iso_day(text) or _rfc_day(text)
        if found:
            return found
        if text:
            notices.append(phrase("{name} is not a date and was left out", name=local(node.name)))
    return None


def _rfc_day(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
