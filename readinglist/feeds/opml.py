"""OPML 2.0, the format in which feed readers exchange their lists. Foreign text within limits; opens nothing.

    <outline text="Lists"><outline type="rss" text="On lists" xmlUrl="https://example.org/feed.xml"/></outline>
    -> Listed(name="On lists", address=Address(...))

Only addresses of the web are taken from a list: a file or a program that one names (newsboat knows "exec:" and
"|command") is told of and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from readinglist.errors import Problem, ReadingListError
from readinglist.feeds.address import Address, Kind, read_address, shown
from readinglist.feeds.values import Feed
from readinglist.formats.fields import BadRecord
from readinglist.formats.source import BadSource, Limits, Source
from readinglist.formats.xml_text import Cutter, Node, parse_element, root_name, xml_chunks
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

LIMITS = Limits(unpacked_bytes=1_000_000, field_chars=10_000)
_NAME_CHARS = 200


class Listed(NamedTuple):
    """A feed of a list: the name it has there (None: no other than its address), and where it is."""

    name: str | None
    address: Address


def read_opml(source: Source) -> list[Listed | Problem]:
    """Return the feeds of a list in its order, each once, and what could not be taken.

    Raises ReadingListError when it is no OPML, too large or cannot be read.
    """
    root = root_name(source.sample().text)
    if root is None or root[0].lower() != "opml":
        raise BadSource(source.name, phrase("this is no OPML list of feeds"))
    found: dict[str, Listed] = {}
    items: list[Listed | Problem] = []
    # An outline that is not closed ends where the next one starts, so that these are single tags, however deep.
    cutter = Cutter(("outline", "Outline", "OUTLINE"))
    for cut in cutter.cut(xml_chunks(source, LIMITS)):
        try:
            node = parse_element(cut.text, cut.line, {}, LIMITS)
        except BadRecord as error:
            items.append(Problem("failed", source.name, cut.line, error.message))
            continue
        if not _attribute(node, "xmlUrl"):
            continue
        item = _listed(node, cut.line, source.name)
        if isinstance(item, Problem) or item.address.text not in found:
            items.append(item)
        if not isinstance(item, Problem):
            found.setdefault(item.address.text, item)
    if f"</{root[0]}>" not in cutter.outside:
        items.append(Problem("notice", source.name, None, phrase("this list was cut off and is read up to there")))
    return items


def _attribute(node: Node, name: str) -> str:
    """Return an attribute whatever the case of its name: old programs write `xmlurl`."""
    return next((clean_line(text) for key, text in node.attributes.items() if key.lower() == name.lower()), "")


def _listed(node: Node, line: int, source: str) -> Listed | Problem:
    written = _attribute(node, "xmlUrl")
    try:
        address = read_address(written)
    except ReadingListError as error:
        said = phrase("{address}: {reason}", address=shown(written)[:80], reason=error)
        return Problem("failed", source, line, said)
    name = (_attribute(node, "text") or _attribute(node, "title"))[:_NAME_CHARS]
    return Listed(name or None, address)


def write_opml(feeds: Iterable[Feed]) -> str:
    """Return a list of feeds as OPML. Files of this machine are left out; secrets in addresses are in it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += ["    <title>Feeds of a reading list</title>", "  </head>", "  <body>"]
    for feed in feeds:
        url = feed.address.url
        if url is None or feed.address.kind is Kind.FILE:
            continue
        name = quoteattr(feed.name)
        lines.append(f'    <outline type="rss" text={name} title={name} xmlUrl={quoteattr(url)}/>')
    return "\n".join([*lines, "  </body>", "</opml>", ""])
