"""Cut BibTeX into its entries, and each entry into its fields, whatever is broken between them.

Knows BibTeX's syntax and nothing of what fields mean: values are LaTeX as written, with abbreviations (`@string`) put
in and pieces joined. One broken entry costs that entry. Memory is bounded by the longest entry, time by the length.

    @article{bo2021, title = "On " # {Lists}, year = 2021} -> Entry(1, "article", "bo2021", {"title": "On Lists", ...})

Sources: "Designing BibTeX Styles" (Patashnik 1988), the BibTeX 0.99d program, Biber's btparse, JabRef's parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from readinglist.formats.bibtex_segments import SURE_START, segments
from readinglist.formats.source import USUAL, Limits
from readinglist.phrase import phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: what kind it is (lower case), its key ("" without one), its fields (lower case) and their LaTeX."""

    line: int
    kind: str
    key: str
    fields: dict[str, str]
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that cannot be read, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands in `@comment{...}`."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A definition by `@string`: `name` in lower case."""

    line: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Something between the entries that a reader should know of: nothing was lost that was to be taken."""

    line: int
    message: str


Block = Entry | Broken | Remark | Abbreviation | Aside

_MONTHS = {
    name[:3].lower(): name
    for name in (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
}

_START = re.compile(r"(?<![\w.\\])@[ \t]{0,20}([A-Za-z][\w-]{0,60})\s{0,40}([{(])")
# "@article bo2021, ...": somebody forgot the brace.
_UNOPENED = re.compile(
    r"^[ \t]{0,40}@[ \t]{0,10}(?:(?=[{(])|(article|book|booklet|inbook|incollection|inproceedings|conference|manual"
    r"|mastersthesis|misc|online|phdthesis|proceedings|techreport|report|thesis|unpublished)\b(?!\s{0,40}[{(]))",
    re.MULTILINE | re.IGNORECASE,
)
_BRACES = re.compile(r"[{}]")
_BRACES_UNESCAPED = re.compile(r"\\[\\{}]|[{}]")
_SPACE = re.compile(r"(?:[\s,]|%[^\n]*(?:\n|$))*")
_SPACE_IN_VALUE = re.compile(r"\s*")
_KEY = re.compile(r"\s*(?:([^\s,{}=\"](?:[^,{}=\"\n]{0,498}[^\s,{}=\"])?)\s*)?(?=[,=})])")
_ODD_KEY = re.compile(r"\s*([^\s,=][^,\n=]{0,499}),")
_KEY_WITHOUT_COMMA = re.compile(r"\s*([^\s,{}=\"]{1,500})\s+(?=[A-Za-z][\w-]{0,60}\s*=\s*[{\"\w])")
_NAME = re.compile(r"([^\s=,{}()\"#%@\\]{1,100})\s*=\s*")
_NAME_WITHOUT_EQUALS = re.compile(r"([A-Za-z][\w-]{0,60})\s*(?=[{\"])")
_NEXT_FIELD = re.compile(r"\s*[A-Za-z][^\s=,{}()\"#%@\\]{0,60}\s*=\s*[{\"\w]")
_GOES_ON = re.compile(r"\s*,\s*[A-Za-z][\w:-]{0,60}\s*=\s*[{\"\w]")
_SWALLOWED = re.compile(r",\s*[A-Za-z][\w-]{0,60}\s*=\s*[{\"\d]")
_TOKEN = re.compile(r"[^\s,{}()\"#=%]{1,500}")
_QUOTED = re.compile(r"[{}\"]")
_QUOTED_UNESCAPED = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BEFORE_A_START = '\n})"'


class _Wrong(Exception):
    """An entry is not what it should be; caught where entries are read."""


def blocks(
    chunks: Iterable[str],
    strings: Mapping[str, str] | None = None,
    limits: Limits = USUAL,
    *,
    only: Callable[[str], bool] | None = None,
) -> Iterator[Block]:
    """Yield the entries of a text in pieces, and what stands between them, in its order.

    `strings` are abbreviations (lower case to LaTeX) for what the text has not defined by then.
    `only`: stretches of the text of which this is not true are passed over.
    """
    known = dict(_MONTHS)
    for line, text in segments(chunks, limits.field_chars * 8):
        if "@" in text and (only is None or only(text)):
            yield from _Segment(text, line, known, strings or {}, limits).blocks()


class _Segment:
    """A stretch of text with an entry at its start, or a few that do not begin surely."""

    def __init__(self, text: str, line: int, strings: dict[str, str], later: Mapping[str, str], limits: Limits) -> None:
        self._text = text
        self._line = line
        self._strings = strings
        self._later = later
        self._limits = limits
        self._pairs: dict[bool, dict[int, int]] = {}
        self._counted = (0, line)
        self._last_round: int | None = None

    def blocks(self) -> Iterator[Block]:
        text = self._text
        at, broken = 0, False
        while (start := _START.search(text, at)) is not None:
            begin = start.start()
            yield from self._unopened(at, begin)
            kind = start[1].lower()
            before = text[max(0, begin - 200) : begin].rpartition("\n")[2]
            at = start.end()
            if before.lstrip().startswith("%"):
                if kind not in ("comment", "preamble"):
                    yield Aside(
                        self._line_of(begin),
                        phrase("@{kind} behind a percent sign is a comment; it was left out", kind=start[1]),
                    )
            elif broken and before.rstrip(" \t")[-1:] not in ("", *_BEFORE_A_START):
                pass  # in the middle of what could not be read
            elif kind == "comment":
                end = self._closing(start.end() - 1, text[start.end() - 1], escapes=False)
                if end is not None:
                    yield from self._remark(start, end)
                    at, broken = end + 1, False
            else:
                found, at = self._entry(start, kind)
                broken = isinstance(found, Broken)
                if found is not None:
                    yield found
        yield from self._unopened(at, len(text))

    def _unopened(self, begin: int, end: int) -> Iterator[Broken]:
        if "@" in self._text[begin:end]:
            for found in _UNOPENED.finditer(self._text, begin, end):
                reason = phrase("behind @ the type of the entry is missing")
                if found[1]:
                    reason = phrase("behind @{kind} the opening brace is missing", kind=found[1])
                yield Broken(self._line_of(found.start()), reason)

    def _remark(self, start: re.Match[str], end: int) -> Iterator[Block]:
        inner = self._text[start.end() : end]
        line = self._line_of(start.start())
        if (within := SURE_START.search(inner)) and not within.group().lower().lstrip().startswith("@comment"):
            yield Aside(line, phrase("entries inside a comment were left out"))
        yield Remark(line, inner)

    def _entry(self, start: re.Match[str], kind: str) -> tuple[Block | None, int]:
        """Return the entry that begins here and where to go on; escaped braces count first, then they do not."""
        line = self._line_of(start.start())
        reason = ""
        for escapes in (False, True):
            try:
                pairs = self._matching(escapes)
                longest = self._limits.field_chars * 8
                reading = _Reading(self._text, start, escapes, pairs, self._strings, self._later, longest)
                return reading.entry(line, kind)
            except _Wrong as error:
                reason = reason or error.args[0]
                if "\\" not in self._text:
                    break
        if kind == "preamble":
            return None, start.end()
        if kind == "string":
            return Aside(line, phrase("an abbreviation could not be read: {reason}", reason=reason)), start.end()
        if len(self._text) - start.start() > self._limits.field_chars * 7:
            reason = phrase("it is longer than {most:,} characters", most=self._limits.field_chars * 8)
        return Broken(line, reason), start.end()

    def _closing(self, at: int, opening: str, *, escapes: bool) -> int | None:
        """Return where the brace or parenthesis at `at` is closed."""
        if opening == "{":
            return self._matching(escapes).get(at)
        if self._last_round is None:
            self._last_round = self._text.rfind(")")
        return self._text.find(")", at) if at < self._last_round else None

    def _matching(self, escapes: bool) -> dict[int, int]:
        """Return where each opening brace of the text is closed; those that are not are not in it."""
        if escapes not in self._pairs:
            pairs: dict[int, int] = {}
            opened: list[int] = []
            for found in (_BRACES_UNESCAPED if escapes else _BRACES).finditer(self._text):
                brace = found.group()
                if brace == "{":
                    opened.append(found.start())
                elif brace == "}" and opened:
                    pairs[opened.pop()] = found.start()
            self._pairs[escapes] = pairs
        return self._pairs[escapes]

    def _line_of(self, at: int) -> int:
        """Return the line of a place; places are asked for in order."""
        begin, line = self._counted
        if at < begin:
            begin, line = 0, self._line
        line += self._text.count("\n", begin, at)
        self._counted = (at, line)
        return line


class _Reading:
    """One entry being read, by one of the two rules on escaped braces."""

    def __init__(
        self,
        text: str,
        start: re.Match[str],
        escapes: bool,
        pairs: Mapping[int, int],
        strings: dict[str, str],
        later: Mapping[str, str],
        longest: int,
    ) -> None:
        self._text = text
        self._left = longest
        self._at = start.end()
        self._closer = "}" if start[2] == "{" else ")"
        self._escapes = escapes
        self._pairs = pairs
        self._strings = strings
        self._later = later
        self._notices: list[str] = []
        self._unclosed = False

    def entry(self, line: int, kind: str) -> tuple[Block | None, int]:
        """Return the entry and where it ends. Raise `_Wrong` with the reason when there is none."""
        if kind == "preamble":
            self._value("preamble")
            return None, self._end()
        if kind == "string":
            self._later = {}
            name, value = self._field(set()) or ("", "")
            if not name:
                raise _Wrong(phrase("it has no name"))
            self._strings[name] = value
            return Abbreviation(line, name, value), self._end()
        key = self._key()
        fields: dict[str, str] = {}
        missing: set[str] = set()
        while (found := self._field(missing)) is not None:
            name, value = found
            self._put(fields, name, value)
        if self._unclosed:
            if not fields or any(_SWALLOWED.search(value) for value in fields.values()):
                raise _Wrong(phrase("it is not closed"))
            self._notices.append(phrase("its closing brace is missing"))
        if missing:
            names = ", ".join(sorted(missing)[:5])
            self._notices.append(phrase("the abbreviation {names} is not defined; its name stands for it", names=names))
        return Entry(line, kind, key, fields, self._notices), self._at

    def _end(self) -> int:
        at = _space(self._text, self._at)
        return at + 1 if self._text[at : at + 1] == self._closer else self._at

    def _key(self) -> str:
        text = self._text
        if found := _KEY.match(text, self._at):
            if text[found.end()] == "=":  # there is no key, this is a field
                return ""
            if text[found.end()] == "," or text[found.end()] == self._closer:
                self._at = found.end()
                return found[1] or ""
        if found := _KEY_WITHOUT_COMMA.match(text, self._at):
            self._at = found.end()
            self._notices.append(phrase("a comma is missing behind its key"))
            return found[1]
        if found := _ODD_KEY.match(text, self._at):
            self._at = found.end()
            return found[1].strip()
        raise _Wrong(phrase("its key does not end with a comma"))

    def _field(self, missing: set[str]) -> tuple[str, str] | None:
        """Return the next field and its value, None at the end of the entry."""
        text = self._text
        self._at = _space(text, self._at)
        sign = text[self._at : self._at + 1]
        if sign == self._closer:
            self._at += 1
            if not _GOES_ON.match(text, self._at):
                return None
            self._notices.append(phrase("there is a closing brace too many"))
            return self._field(missing)
        if sign in ("", "@"):
            self._unclosed = True
            return None
        if found := _NAME.match(text, self._at):
            name = found[1].lower()
        elif found := _NAME_WITHOUT_EQUALS.match(text, self._at):
            name = found[1].lower()
            self._notices.append(phrase("the equals sign of {name} is missing", name=name))
        else:
            raise _Wrong(phrase("where a field should begin there is {piece}", piece=_shown(text, self._at)))
        self._at = found.end()
        value = self._value(name, missing)
        self._at = _SPACE_IN_VALUE.match(text, self._at).end()  # type: ignore[union-attr]
        sign = text[self._at : self._at + 1]
        if sign not in (",", self._closer, "%", "@", ""):
            if not (_NEXT_FIELD.match(text, self._at) or _NAME_WITHOUT_EQUALS.match(text, self._at)):
                raise _Wrong(
                    phrase("behind {name} there is {piece} instead of a comma", name=name, piece=_shown(text, self._at))
                )
            self._notices.append(phrase("a comma is missing behind {name}", name=name))
        return name, value

    def _value(self, name: str, missing: set[str] | None = None) -> str:
        text = self._text
        parts: list[str] = []
        while True:
            sign = text[self._at : self._at + 1]
            if sign == "{":
                end = self._pairs.get(self._at)
                if end is None:
                    raise _Wrong(phrase("the brace that opens {name} is not closed", name=name))
                parts.append(text[self._at + 1 : end])
                self._at = end + 1
            elif sign == '"':
                end = self._closing_quote(name)
                parts.append(text[self._at + 1 : end])
                self._at = end + 1
            elif found := _TOKEN.match(text, self._at):
                token = found.group()
                self._at = found.end()
                if token.isdecimal():
                    parts.append(token)
                elif (known := self._strings.get(low := token.lower(), self._later.get(low))) is not None:
                    parts.append(known)
                    self._left -= len(known)
                    if self._left < 0:  # s = s # s, again and again
                        raise _Wrong(phrase("its abbreviations stand for more than an entry may hold"))
                else:
                    parts.append(token)
                    if missing is not None and not token[0].isdecimal():
                        missing.add(token)
            self._at = _SPACE_IN_VALUE.match(text, self._at).end()  # type: ignore[union-attr]
            if text[self._at : self._at + 1] != "#":
                return parts[0] if len(parts) == 1 else "".join(parts)
            self._at = _SPACE_IN_VALUE.match(text, self._at + 1).end()  # type: ignore[union-attr]

    def _closing_quote(self, name: str) -> int:
        """Return where the quotation mark that opens here is closed; inside braces there is none."""
        at = self._at + 1
        sign = _QUOTED_UNESCAPED if self._escapes else _QUOTED
        while found := sign.search(self._text, at):
            char = found.group()
            if char == '"':
                return found.start()
            if char == "}":
                raise _Wrong(phrase("the quotation mark that opens {name} is not closed", name=name))
            at = found.end()
            if char == "{":
                end = self._pairs.get(found.start())
                if end is None:
                    raise _Wrong(phrase("a brace in {name} is not closed", name=name))
                at = end + 1
        raise _Wrong(phrase("the quotation mark that opens {name} is not closed", name=name))

    def _put(self, fields: dict[str, str], name: str, value: str) -> None:
        """Keep a field; of two with one name the first, of those that are lists or prose both."""
        before = fields.get(name, "")
        if not before.strip():
            fields[name] = value
        elif value.strip() and value != before:
            if name in ("keywords", "groups"):
                fields[name] = f"{before}, {value}"
            elif name in ("annote", "annotation", "comment", "note"):
                fields[name] = f"{before}\n\n{value}"
            else:
                self._notices.append(phrase("{name} stands twice; the first was taken", name=name))


def _space(text: str, at: int) -> int:
    """Return where white space, commas and comments end."""
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def _shown(text: str, at: int) -> str:
    """Return the start of what stands at a place, to be shown."""
    piece = " ".join(text[at : at + 40].split())[:20].strip()
    return f"“{piece}”" if piece.isprintable() else phrase("something that is no text")
