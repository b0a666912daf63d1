"""What a feed says of itself: its name, how many entries it announces, whether it came whole.

    <feed ...><title>On lists</title><opensearch:totalResults>31</opensearch:totalResults><entry>...</entry></feed>
    -> FeedHead(title="On lists", total=31, per_page=None, start=0, whole=True)

Sources: RFC 4287 §4.1.1; RSS 2.0; OpenSearch 1.1 "OpenSearch response elements". Knows nothing of where it came from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from readinglist.formats.feed import entry_names, recognise_feed
from readinglist.formats.fields import BadRecord
from readinglist.formats.source import USUAL, Limits, Source
from readinglist.formats.xml_text import Cutter, Node, local, parse_head, root_name, xml_chunks
from readinglist.text.clean import clean_line

_TITLE_CHARS = 200
_MOST_ALTERNATES = 5
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
_LINK = re.compile(r"<link\s[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![A-Za-z])([A-Za-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""")
_LARGEST_COUNT = 10**9


@dataclass(frozen=True, slots=True)
class FeedHead:
    """The head of a feed; what it does not say is None. `total` counts entries on all pages from `start` 0 on.

    `whole` is False when the text ends before its root element does. `alternates` are the feeds that a web page names,
    as it has them: relative ones too.
    """

    title: str | None = None
    total: int | None = None
    per_page: int | None = None
    start: int = 0
    whole: bool = True
    alternates: tuple[str, ...] = ()


def read_head(source: Source, limits: Limits = USUAL) -> FeedHead:
    """Return the head of an RSS or Atom feed, or what a web page says of its feeds; of anything else an empty one.

    Raise as `Source.open` does.
    """
    sample = source.sample()
    root = root_name(sample.text)
    if root is None or not recognise_feed(sample):
        return FeedHead(alternates=tuple(_alternates(sample.text))[:_MOST_ALTERNATES])
    cutter = Cutter(entry_names(root[0]))
    for _ in cutter.cut(xml_chunks(source, limits)):
        pass
    text = cutter.outside
    try:
        node = parse_head(text, limits).root
    except BadRecord:
        return FeedHead()
    said = dict(_said(node))
    title = clean_line(said["title"])[:_TITLE_CHARS] if "title" in said else ""
    return FeedHead(
        title=title or None,
        total=_count(said.get("totalResults")),
        per_page=_count(said.get("itemsPerPage")),
        start=_count(said.get("startIndex")) or 0,
        whole=f"</{root[0]}>" in text[-4096:],
    )


def _alternates(text: str) -> Iterator[str]:
    """Yield the addresses of the feeds that a web page names (HTML §4.6.7.1)."""
    for link in _LINK.finditer(text):
        said = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(link.group())}
        if "alternate" in said.get("rel", "").lower().split() and said.get("type", "").lower().strip() in _FEED_TYPES:
            address = clean_line(html.unescape(said.get("href", "")))
            if address:
                yield address


def _said(root: Node) -> Iterator[tuple[str, str]]:
    """Yield (local name, text) of what stands directly in the feed, or in RSS in its channel; the first comes last."""
    nodes = [*root.children]
    for channel in (node for node in root.children if local(node.name) == "channel"):
        nodes += channel.children
    for node in reversed(nodes):
        if "opensearch" in node.name.lower() or local(node.name) == "title":
            yield local(node.name), node.text


def _count(text: str | None) -> int | None:
    written = (text or "").strip()
    if not (written.isascii() and written.isdigit()):
        return None
    return min(int(written[:12]), _LARGEST_COUNT)
