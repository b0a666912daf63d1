"""XML as foreign text: cut into its records while it comes in, each parsed by itself, within limits.

Knows nothing of papers. A record is parsed alone, without the prologue of the file: no DTD is ever seen, so that there
are no entities to expand or to fetch (XXE, "billion laughs"), and a record that is broken spoils no other.

    <feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>On lists</title></entry></feed>
    -> Cut(line=1, text="<entry><title>On lists</title></entry>"), and outside "<feed ...><title>News</title></feed>"
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from readinglist.formats.fields import BadRecord
from readinglist.formats.source import USUAL, Limits, Source
from readinglist.phrase import phrase
from readinglist.text.markup import is_html_tag

XML = "http://www.w3.org/XML/1998/namespace"
LONGEST_CHARS = 1 << 25
_OUTSIDE_CHARS = 1 << 20
_PIECE_CHARS = 1 << 16

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,40})["']""")
_ENCODINGS = re.compile(r"(?:iso8859|cp125|koi8|mac|gb|big5|shift_jis|euc_|cp8|cp9|tis)[\w-]*", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
# What XML 1.0 §2.2 allows no document to hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][\w.-]{0,40});)?")
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]*+):[A-Za-z_]", re.ASCII)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)(?=[\s/>])")
_STRAY = re.compile(r"<(?![A-Za-z_/!?])")
_MOST_ELEMENTS = 100_000
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Cut(NamedTuple):
    """One record of an XML text: where it starts, and its text or why there is none."""

    line: int
    text: str
    problem: str | None = None


@dataclass(slots=True)
class Node:
    """An element: its name as "namespace local" (or "local"), its attributes alike, texts and elements in order.

    `broken` says why the element that a text holds could not be read to its end; what stood before is here.
    """

    name: str
    line: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    parts: list[str | Node] = field(default_factory=list)
    broken: str | None = None

    @property
    def children(self) -> Iterator[Node]:
        """The elements directly inside, in order."""
        return (part for part in self.parts if isinstance(part, Node))

    @property
    def text(self) -> str:
        """All text inside, at any depth."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def markup(self) -> str:
        """Return what is inside as HTML, without attributes and without tags that HTML does not have."""
        parts = []
        for part in self.parts:
            if isinstance(part, str):
                parts.append(escape(part))
            elif is_html_tag(name := local(part.name)):
                parts += (f"<{name}>", part.markup(), f"</{name}>")
            else:
                parts.append(part.markup())
        return "".join(parts)


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def xml_chunks(source: Source, limits: Limits = USUAL) -> Iterator[str]:
    """Yield the text of an XML source piece by piece, in the encoding that it declares, if it is one of the usual."""
    with source.open(limits) as stream:
        start = stream.peek(400)[:400]
    found = _DECLARED.search(start)
    encoding = _usable(found.group(1).decode("ascii")) if found else None
    if encoding is None:
        yield from source.chunks(limits)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with source.open(limits) as stream:
        while data := stream.read(_PIECE_CHARS):
            yield decoder.decode(data)
        yield decoder.decode(b"", True)


def _usable(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    return found.name if _ENCODINGS.match(found.name.replace("-", "")) or _ENCODINGS.match(found.name) else None


class Cutter:
    """Cuts the elements of these names out of an XML text; `outside` keeps the rest.

    Only comments, CDATA sections, instructions and the tags of these elements are told apart. An element that is
    not closed ends where the next one starts, and is given as it is: whoever parses it sees what is wrong.
    """

    def __init__(self, names: Iterable[str], *, longest_chars: int = LONGEST_CHARS) -> None:
        alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        self._token = re.compile(
            rf"""<!--|<!\[CDATA\[|<\?|<(/?)(?:{alternatives})(?=[\s/>])(?:"[^"<]*+"|'[^'<]*+'|[^<>])*+>"""
        )
        self._longest_chars = longest_chars
        self._outside: list[str] = []

    @property
    def outside(self) -> str:
        """What stood outside these elements, as far as the text was read; of a long one the start."""
        return "".join(self._outside)

    def cut(self, chunks: Iterable[str]) -> Iterator[Cut]:
        """Yield the elements in order; one over `longest_chars` is a problem."""
        line = start_line = 1
        length = outside_chars = 0
        parts: list[str] | None = None  # of the element that is open

        def finished() -> Cut:
            too_long = length > self._longest_chars
            return Cut(start_line, "".join(parts or ()), "this record is too long" if too_long else None)

        for kind, text in self._tokens(chunks):
            if kind in ("start", "empty"):
                if parts is not None:
                    yield finished()
                parts, length, start_line = [], 0, line
            if parts is not None:
                length += len(text)
                if length <= self._longest_chars:
                    parts.append(text)
                else:
                    parts.clear()
            elif outside_chars < _OUTSIDE_CHARS:
                self._outside.append(text)
                outside_chars += len(text)
            if kind in ("end", "empty") and parts is not None:
                yield finished()
                parts = None
            line += text.count("\n")
        if parts is not None:
            yield finished()

    def _tokens(self, chunks: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the whole text in pieces: (start, end or empty, a tag) and ("", anything else)."""
        buffer = closing = ""
        for chunk in chunks:
            buffer += chunk
            position = 0
            while True:
                if closing:
                    found = buffer.find(closing, position)
                    end = found + len(closing) if found >= 0 else max(position, len(buffer) - len(closing) + 1)
                    yield "", buffer[position:end]
                    position = end
                    if found < 0:
                        break
                    closing = ""
                token = self._token.search(buffer, position)
                if token is None:
                    last = buffer.rfind("<", position)  # a tag may be cut off at the end
                    end = last if last >= 0 and len(buffer) - last < _PIECE_CHARS else len(buffer)
                    yield "", buffer[position:end]
                    position = end
                    break
                yield "", buffer[position : token.start()]
                mark, position = token.group(), token.end()
                closing = _ENDS.get(mark, "")
                kind = "" if closing else "end" if token.group(1) else "empty" if mark.endswith("/>") else "start"
                yield kind, mark
            buffer = buffer[position:]
        if buffer:
            yield "", buffer


@dataclass(frozen=True, slots=True)
class Head:
    """What stands outside the records: the root as far as it goes, and the prefixes with their namespaces."""

    root: Node
    namespaces: Mapping[str, str]


def root_name(text: str) -> tuple[str, int] | None:
    """Return the name of the first element as it is written, with its prefix, and where it starts; None without one.

    >>> root_name('<?xml version="1.0"?><!-- <a> --> <atom:feed>')
    ('atom:feed', 34)
    """
    last = text.rfind("-->") + 3  # beyond it nothing is looked for, so that this takes linear time
    blank = re.sub(r"<!--.*?-->", lambda found: " " * len(found.group()), text[:last], flags=re.DOTALL) + text[last:]
    found = _ELEMENT.search(blank)
    return (found.group(1), found.start()) if found else None


def parse_head(text: str, limits: Limits = USUAL) -> Head:
    """Return what a file without its records says, from the root element on, as far as it is whole."""
    found = root_name(text)
    namespaces: dict[str, str] = {}
    if found is None:
        return Head(Node(""), namespaces)
    line = 1 + text.count("\n", 0, found[1])
    text = text[found[1] :]
    node = _parse(text, "", line, limits, namespaces, whole=False)
    if node.broken:
        node = _parse(_repaired(text), "", line, limits, namespaces, whole=False)
    return Head(node, namespaces)


def parse_element(text: str, line: int, namespaces: Mapping[str, str], limits: Limits = USUAL) -> Node:
    """Return the element of a text that starts on `line`, within the namespaces of the file.

    What is often wrong is put right: HTML's entities, bare ampersands and "<", control characters, prefixes that
    nobody declared. What is broken beyond that is read up to there, and `broken` says where. Raise `BadRecord`
    for what nests too deeply or holds too many elements.
    """
    node = _parse(text, _declarations(namespaces), line, limits)
    if node.broken is None:
        return node
    repaired = _repaired(text)
    used = set(_PREFIX.findall(repaired)) - namespaces.keys() - {"xml", "xmlns"}
    missing = {prefix: f"urn:undeclared:{prefix}" for prefix in sorted(used)[:100]}
    again = _parse(repaired, _declarations({**missing, **namespaces}), line, limits)
    return again if again.broken is None or len(again.parts) >= len(node.parts) else node


def _declarations(namespaces: Mapping[str, str]) -> str:
    return "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}"
        for prefix, uri in namespaces.items()
        if uri or not prefix
    )


def _parse(
    text: str,
    declarations: str,
    line: int,
    limits: Limits,
    namespaces: dict[str, str] | None = None,
    *,
    whole: bool = True,
) -> Node:
    """Parse one element; where that fails, return it as far as it goes, without the child that was open."""
    outside = Node("")
    stack = [outside]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > limits.nesting:
            raise BadRecord(phrase("this nests more than {nesting} levels deep", nesting=limits.nesting))
        if count > _MOST_ELEMENTS:
            raise BadRecord(phrase("this holds more than {most_elements:,} elements", most_elements=_MOST_ELEMENTS))
        node = Node(name, parser.CurrentLineNumber - 1 + line, attributes)
        stack[-1].parts.append(node)
        stack.append(node)

    def end(_name: str) -> None:
        stack.pop()

    def declare(prefix: str | None, uri: str | None) -> None:
        if namespaces is not None:
            namespaces.setdefault(prefix or "", uri or "")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.Parse(f"<x{declarations}>", False)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: stack[-1].parts.append(data)
    parser.StartNamespaceDeclHandler = declare
    broken = None
    try:
        parser.Parse(text, False)
        if whole and len(stack) > 1:
            broken = phrase("it has no end")
    except expat.ExpatError as error:
        said = phrase(expat.ErrorString(error.code))
        broken = phrase("line {number}: {said}", number=error.lineno - 1 + line, said=said)
    except UnicodeEncodeError:
        broken = phrase("it holds characters that stand for nothing")
    if broken and len(stack) > 2 and whole:
        stack[1].parts.pop()
    node = next(outside.children, Node("", line))
    node.broken = broken
    return node


def _repaired(text: str) -> str:
    """Put right what is often wrong and can only be meant in one way."""
    text = _FORBIDDEN.sub("", text)
    last = text.rfind("]]>") + 3  # beyond it nothing is looked for, so that this takes linear time
    pieces = [*re.split(r"(<!\[CDATA\[.*?\]\]>)", text[:last], flags=re.DOTALL), "", text[last:]]
    for index in range(0, len(pieces), 2):
        pieces[index] = _STRAY.sub("&lt;", _REFERENCE.sub(_reference, pieces[index]))
    return "".join(pieces)


def _reference(found: re.Match[str]) -> str:
    name = found.group(1)
    if name in _XML_NAMES:
        return found.group()
    if not name:
        return "&amp;"
    meant = html.unescape(found.group())
    return "" if _FORBIDDEN.search(meant) or (meant == "\ufffd" and name.startswith("#")) else escape(meant)
