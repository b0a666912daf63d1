"""JSON as foreign text: cut into its records while it comes in, decoded within limits, written safely.

Knows nothing of papers. The standard library decodes; what is here keeps it from what would hurt: unlimited
nesting, a whole file in memory, numbers that are none, keys that stand twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord, safe_value
from readinglist.formats.source import USUAL, Limits, Source
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

# A whole string, or one that goes on beyond the text at hand (then without group 1), or a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(")?|[\[\]{}]', re.DOTALL)
_REST_OF_STRING = re.compile(r'(?:[^"\\]++|\\.)*+(")?', re.DOTALL)
# Controls, directions (Unicode TR 36 §2.3.2) and what is no character: legal in JSON, unwelcome in a file.
_ESCAPED = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


class Element(NamedTuple):
    """One value of a JSON text: where it starts, and its text or why there is none."""

    line: int
    text: str
    problem: str | None = None


def json_elements(chunks: Iterable[str], *, longest_chars: int = 1 << 25) -> Iterator[Element]:
    """Yield the elements of a JSON array, or the objects that stand one after another, as they come in.

    Only brackets and strings are told apart here, so that one element that is no JSON spoils no other. An
    element over `longest_chars` and whatever stands between elements is given as a problem.

    >>> [element.text for element in json_elements(['[{"a": 1}, {"b"', ': "]"}]'])]
    ['{"a": 1}', '{"b": "]"}']
    """
    return _Cutter(longest_chars).cut(chunks)


def json_values(source: Source, limits: Limits = USUAL) -> Iterator[Problem | tuple[int, Any]]:
    """Yield the line and the value of each element of a source (see `json_elements`), or why it has none."""
    for element in json_elements(source.chunks(limits)):
        if element.problem:
            yield Problem("failed", source.name, element.line, element.problem)
            continue
        try:
            value = decode_json(element.text, limits)
        except BadRecord as error:
            yield Problem("failed", source.name, element.line, error.message)
            continue
        yield element.line, value


class _Cutter:
    """Where the cutting stands between two chunks."""

    def __init__(self, longest_chars: int) -> None:
        self._longest_chars = longest_chars
        self._parts: list[str] = []  # of the element, or of what stands between two
        self._length = 0
        self._line = 1
        self._start_line = 1
        self._depth = 0
        self._base = 0  # the depth at which elements stand: 1 within an array
        self._in_string = False

    def cut(self, chunks: Iterable[str]) -> Iterator[Element]:
        held = ""
        for chunk in chunks:
            text = held + chunk
            # A backslash at the very end belongs to a character that is still to come.
            odd = (len(text) - len(text.rstrip("\\"))) % 2
            held = text[len(text) - odd :]
            yield from self._cut_chunk(text[: len(text) - odd])
        self._keep(held)
        if self._depth > self._base or self._in_string:
            yield Element(self._start_line, "", phrase("the file ends in the middle of this record"))
        else:
            yield from self._between()
            if self._depth:
                yield Element(self._line, "", phrase("the list is not closed: the end of the file is missing"))

    def _cut_chunk(self, text: str) -> Iterator[Element]:
        position = begin = 0
        if self._in_string:
            rest = _REST_OF_STRING.match(text)
            position = rest.end() if rest else 0
            self._in_string = rest is None or rest.group(1) is None
        if not self._in_string:
            for token in _TOKEN.finditer(text, position):
                mark = text[token.start()]
                if mark == '"':
                    self._in_string = token.group(1) is None
                elif mark in "[{":
                    if self._depth == self._base:
                        self._keep(text[begin : token.start()])
                        yield from self._between()
                        begin = token.start()
                        if mark == "[" and self._depth == 0:
                            self._base, begin = 1, token.end()
                    self._depth += 1
                elif self._depth > self._base:
                    self._depth -= 1
                    if self._depth == self._base:
                        self._keep(text[begin : token.end()])
                        begin = token.end()
                        yield self._element()
                elif self._depth:  # the end of the array
                    self._keep(text[begin : token.start()])
                    yield from self._between()
                    self._depth = self._base = 0
                    begin = token.end()
        self._keep(text[begin:])

    def _keep(self, text: str) -> None:
        self._length += len(text)
        self._line += text.count("\n")
        if self._length <= self._longest_chars:
            self._parts.append(text)
        else:
            self._parts.clear()

    def _take(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return text

    def _element(self) -> Element:
        too_long = self._length > self._longest_chars
        text = self._take()
        return Element(self._start_line, text, phrase("this record is too long") if too_long else None)

    def _between(self) -> Iterator[Element]:
        """Look at what stands between two elements: nothing but commas, if all is well."""
        line = self._start_line if self._parts else self._line
        junk = self._take().strip(", \t\r\n")
        if junk:
            yield Element(line, "", phrase("this is not a record: {junk!r}", junk=clean_line(junk[:40])))
        self._start_line = self._line


def decode_json(text: str, limits: Limits = USUAL) -> Any:
    """Return the value of a JSON text. Raise `BadRecord` for what is no JSON, is ambiguous, or nests too deeply."""
    if text.count("{") + text.count("[") > limits.nesting and _depth(text) > limits.nesting:
        raise BadRecord(phrase("this nests more than {nesting} levels deep", nesting=limits.nesting))
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BadRecord(
            phrase("this is not valid JSON: {said}, at character {pos}", said=phrase(error.msg), pos=error.pos + 1)
        ) from None
    except ValueError as error:
        if isinstance(error, BadRecord):
            raise
        raise BadRecord("this holds a number that is too long") from None


def encode_json(value: Any) -> str:
    """Return a value as JSON on one line, in which no control or direction character stands as itself."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError):
        text = json.dumps(safe_value(value), ensure_ascii=False, allow_nan=False, default=str)
    return text if text.isascii() and "\x7f" not in text else _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for index, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:index]))
        raise BadRecord(phrase("the key {twice!r} stands twice in it", twice=clean_line(twice[:40])))
    return found


def _no_number(text: str) -> NoReturn:
    raise BadRecord(phrase("this is not valid JSON: {text} is no number", text=text))


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
