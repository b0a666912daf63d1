"""Turn the names of bibliographic records into authors, and authors into such names. Knows nothing of formats.

"Lovelace, Ada"   "King, Martin Luther, Jr."   "World Health Organization,"   "Fanning E."
Ada Lovelace      Martin Luther King Jr.       an institution                 E. Fanning
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from readinglist.paper import Author
from readinglist.text.clean import clean_line
from readinglist.text.names import family_name

_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|[23]rd|2nd|4th|ph\.? ?d|m\.? ?d|inc|ltd|llc|corp|gmbh)\.?", re.IGNORECASE)
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|gmbh)\.?", re.IGNORECASE)
_PIECE_OF_EDITORS = re.compile(r"\{[^{}]*\}| and |.", re.DOTALL)
_BRACES = re.compile("[{}]")
_LAST_AND_INITIALS = re.compile(r"(\S.*?) ((?:[^\W\d_a-z]\.-?)+)")


class Parts(NamedTuple):
    """A name taken apart; `given` and `suffix` are "" where there is none. An institution is `family` alone."""

    family: str
    given: str = ""
    suffix: str = ""


def read_name(text: str) -> Author | None:
    """Return the author that "Family, Given" or "Family, Given, Suffix" names, or None for a text without any.

    A comma at the end marks an institution (as EndNote writes it). A name without a comma is shown as it is.

    >>> read_name("King, Martin Luther, Jr."), read_name("CERN,")
    (Author(name='Martin Luther King Jr.', family='King'), Author(name='CERN', family='CERN'))
    """
    name = clean_line(text).lstrip(" ,")
    if name.endswith(","):
        name = name.rstrip(" ,")
        return Author(name, name) if name else None
    family, comma, rest = (part.strip() for part in name.partition(","))
    if not comma:
        found = _LAST_AND_INITIALS.fullmatch(name)
        if found:
            return Author(f"{found[2]} {found[1]}", found[1])
        return Author(name) if name else None
    if _COMPANY.fullmatch(rest):
        return Author(name, name)
    given, _, suffix = (part.strip() for part in rest.partition(","))
    if _SUFFIX.fullmatch(given) and (suffix or given.lower().startswith(("jr", "sr"))):  # "King, Jr., Martin Luther"
        given, suffix = suffix, given
    return Author(" ".join(part for part in (given, family, suffix) if part), family)


def name_parts(author: Author) -> Parts:
    """Return the parts of a name, with the family name guessed where no source has marked it.

    >>> name_parts(Author("Ludwig van Beethoven")), name_parts(Author("Sammy Davis Jr.", "Davis"))
    (Parts(family='van Beethoven', given='Ludwig', suffix=''), Parts(family='Davis', given='Sammy', suffix='Jr.'))
    """
    name = author.name
    family = author.family or family_name(name)
    if family == name or "," in name:
        return Parts(name)
    if name.endswith(f" {family}"):
        return Parts(family, name[: -len(family) - 1])
    given, found, suffix = name.rpartition(f" {family} ")
    if found and _SUFFIX.fullmatch(suffix):
        return Parts(family, given, suffix)
    return Parts(name)


def write_name(author: Author) -> str:
    """Return a name as "Family, Given, Suffix", or as an institution; `read_name` shows it as it was.

    >>> write_name(Author("Ada Lovelace")), write_name(Author("World Health Organization", "World Health Organization"))
    ('Lovelace, Ada', 'World Health Organization,')
    """
    parts = name_parts(author)
    text = ", ".join(part for part in parts if part)
    if not parts.given:
        text = author.name if author.family is None and "," not in author.name else f"{author.name},"
    again = read_name(text)
    return text if again and again.name == author.name else f"{author.name},"


def read_editors(text: str) -> tuple[Author, ...]:
    """Return the people of "Family, Given and {Institution}", as `publication` has editors kept.

    >>> [author.name for author in read_editors("Bo, Ada and {Sun and Moon Press}")]
    ['Ada Bo', 'Sun and Moon Press']
    """
    names = []
    parts = [""]
    for piece in _PIECE_OF_EDITORS.findall(clean_line(text)):
        if piece == " and ":
            parts.append("")
        else:
            parts[-1] += piece
    for part in filter(None, parts):
        braced = part[0] == "{" and part[-1] == "}"
        inside = part[1:-1].strip() if braced else ""
        name = Author(inside, inside) if inside else read_name(_BRACES.sub("", part))
        if name is not None:
            names.append(name)
    return tuple(names)


def write_editors(editors: Iterable[Author]) -> str:
    """Return people as `read_editors` reads them; braces that are part of a name are left out."""
    texts = []
    for editor in editors:
        clean = Author(_BRACES.sub("", editor.name), _BRACES.sub("", editor.family) if editor.family else None)
        text = write_name(clean)
        texts.append(f"{{{text[:-1]}}}" if text.endswith(",") or " and " in text else text)
    return " and ".join(texts)
