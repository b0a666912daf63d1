"""Names and lists of BibTeX: `author`, `editor` and `keywords`, from LaTeX and back.

Sources: "Tame the BeaST" (Markey 2009) §11 on names; BibLaTeX manual §3.13 on the extended name format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from readinglist.paper import Author
from readinglist.text.clean import clean_line
from readinglist.text.latex import latex_to_text, text_to_latex

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|ph\.?\s?d|m\.?d)\.?", re.IGNORECASE)
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_AND = re.compile(r"\\.|[{}]|(?:(?<!\s)|(?<=\\\s))(?:\s+and(?=\s)|\s+\Z)", re.DOTALL | re.IGNORECASE)
_SEMICOLON = re.compile(r"\\.|[{};]", re.DOTALL)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_SPACE = re.compile(r"\\.|[{}]|[\s~]+", re.DOTALL)
_AND_AS_WORD = re.compile(r"(?<!\S)and(?!\S)", re.IGNORECASE)


def read_names(latex: str) -> tuple[tuple[Author, ...], bool]:
    """Return the names of a list, and whether it says that there are others.

    >>> read_names("Bo, Ada and {World Bank} and Cy Du and others")[0][1:]
    (Author(name='World Bank', family='World Bank'), Author(name='Cy Du', family=None))
    """
    pieces = _cut(f" {latex} ", _AND, lambda mark: mark.strip().lower() == "and")
    if len(pieces) == 1 and ";" in latex:
        pieces = _cut(latex, _SEMICOLON, lambda mark: mark == ";")
    names, others = [], False
    for piece in pieces:
        if piece.strip().lower() in ("others", "et al.", "et al"):
            others = True
        elif (name := _read_name(piece.strip())) is not None:
            names.append(name)
    return tuple(names), others


def _read_name(latex: str) -> Author | None:
    if _is_group(latex):
        whole = _text(latex[1:-1])
        return Author(whole, whole) if whole else None
    if _EXTENDED.match(latex):
        return _read_extended(latex)
    parts = [_text(part) for part in _cut(latex, _COMMA, lambda mark: mark == ",")]
    if len(parts) == 1:
        last = _cut(latex, _SPACE, lambda mark: mark[0].isspace() or mark[0] == "~")[-1]
        family = _text(last) if _is_group(last) else ""
        return _author(parts[0], family if " " in family else None)
    family, *middle, given = parts
    if middle and _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(middle[0]):  # "Sherry, John F., Jr."
        given, middle[0] = middle[0], given
    return _author(" ".join(part for part in (given, family, *middle) if part), family if given else None)


def _read_extended(latex: str) -> Author | None:
    """Read `family=Heuvel, given=Willem-Jan, prefix=van den, useprefix=true`."""
    parts = {}
    for part in _cut(latex, _COMMA, lambda mark: mark == ","):
        name, _, value = part.partition("=")
        parts[name.strip().lower()] = _text(value.strip().strip('"'))
    family = " ".join(part for part in (parts.get("prefix"), parts.get("family")) if part)
    shown = " ".join(part for part in (parts.get("given"), family, parts.get("suffix")) if part)
    return _author(shown, family)


def _author(name: str, family: str | None) -> Author | None:
    return Author(name, family or None) if name else None


def write_names(authors: Iterable[Author], *, others: bool = False) -> str:
    """Return a list of names: what `read_names` reads as the same, but for names whose family name comes first."""
    return " and ".join([*map(_write_name, authors), *(["others"] if others else [])])


def _write_name(author: Author) -> str:
    name, family = author.name, author.family
    if family == name:
        return f"{{{text_to_latex(name, mathematics=False)}}}"
    if family and name.endswith(f" {family}"):
        return f"{_guarded(family)}, {_guarded(name[: -len(family) - 1])}"
    if family and name.startswith(f"{family} "):
        return f"{_guarded(family)}, {_guarded(name[len(family) + 1 :])}"
    if family and f" {family} " in name:
        given, _, suffix = name.partition(f" {family} ")
        return f"{_guarded(family)}, {_guarded(suffix)}, {_guarded(given)}"
    latex = _guarded(name)
    if _is_group(_cut(latex, _SPACE, lambda mark: mark[0].isspace())[-1]):
        latex += "{}"
    if latex.lower() in ("others", "et al.", "et al"):
        return f"{{{latex[0]}}}{latex[1:]}"
    return latex


def _guarded(name: str) -> str:
    """Return a part of a name with nothing in it that would part it further."""

    def guard(piece: str, escape: Callable[[str], str]) -> str:
        latex = escape(piece).replace(",", "{,}").replace(";", "{;}").replace("=", "{=}")
        return _AND_AS_WORD.sub(lambda found: f"{{{found.group()}}}", latex)

    return text_to_latex(name, plain=guard, mathematics=False)


def read_list(latex: str) -> list[str]:
    """Return the texts of a list cut at semicolons, or else at commas, outside braces; none is empty.

    >>> read_list("Hippocampus, cytology; Male"), read_list("{a, b}, c")
    (['Hippocampus, cytology', 'Male'], ['a, b', 'c'])
    """
    pieces = _cut(latex, _SEMICOLON, lambda mark: mark == ";")
    if len(pieces) == 1:
        pieces = _cut(latex, _COMMA, lambda mark: mark == ",")
    texts = (_text(piece.replace(r"\,", ",")) for piece in pieces)
    return [text for text in texts if text]


def write_list(texts: Sequence[str]) -> str:
    """Return a list that `read_list` reads as the same."""
    return ", ".join(_listed(text) for text in texts)


def _listed(text: str) -> str:
    latex = text_to_latex(text, mathematics=False)
    return f"{{{latex}}}" if "," in text or ";" in text else latex


def _text(latex: str) -> str:
    return clean_line(latex_to_text(latex))


def _is_group(latex: str) -> bool:
    """Say whether a text is one group in braces from its start to its end."""
    if len(latex) < 2 or latex[0] != "{" or latex[-1] != "}":
        return False
    depth = 0
    for found in _COMMA.finditer(latex):
        mark = found.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                return found.end() == len(latex)
    return False


def _cut(latex: str, marks: re.Pattern[str], cuts: Callable[[str], bool]) -> list[str]:
    """Return the pieces of a text between the marks that cut it, outside braces."""
    pieces, begin, depth = [], 0, 0
    for found in marks.finditer(latex):
        mark = found.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and mark[0] != "\\" and cuts(mark):
            pieces.append(latex[begin : found.start()])
            begin = found.end()
    pieces.append(latex[begin:])
    return pieces
