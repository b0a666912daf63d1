"""The options for a paper's own fields, shared by `add` and `set`, and what they mean for a paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from readinglist.paper import Author
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import is_web_address, normal_arxiv, normal_doi

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

# Option, name of the field in a Paper, placeholder, help.
_OPTIONS = (
    ("--abstract", "abstract", "TEXT", "The abstract."),
    ("--author", "authors", "NAME", "An author, “Given Family”; several times for several, in order."),
    ("--year", "year", "YEAR", "The year of the paper."),
    ("--venue", "venue", "TEXT", "The journal or conference."),
    ("--doi", "doi", "DOI", "The DOI, with or without its address."),
    ("--arxiv", "arxiv_id", "ID", "The arXiv id, with or without its address."),
    ("--url", "url", "URL", "The web address."),
)


def field_options(command: Decorated) -> Decorated:
    """Add an option for each field but the title."""
    for option, name, metavar, text in reversed(_OPTIONS):
        command = click.option(option, name, metavar=metavar, multiple=name == "authors", help=text)(command)
    return command


def read_fields(given: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a Paper's fields from what the options gave; empty text means unknown.

    Options that were not given are left out. Raises a usage error for a value that cannot be meant.
    """
    values: dict[str, Any] = {}
    for name, value in given.items():
        if value is None or value == ():
            continue
        read = _READERS.get(name, _line)
        try:
            values[name] = read(value)
        except ValueError as error:
            option = next((o for o, field, *_ in _OPTIONS if field == name), f"--{name}")
            raise click.BadParameter(str(error), param_hint=f"'{option}'") from None
    return values


def _line(text: str) -> str | None:
    return clean_line(text) or None


def _title(text: str) -> str:
    if title := clean_line(text):
        return title
    raise ValueError("a paper needs a title.")


def _paragraphs(text: str) -> str | None:
    return clean_text(text).strip() or None


def _authors(names: tuple[str, ...]) -> tuple[Author, ...]:
    return tuple(Author(name) for given in names if (name := clean_line(given)))


def _year(text: str) -> int | None:
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and 1000 <= int(text) <= 9999):
        raise ValueError(f"“{text}” is no year.")
    return int(text)


def _doi(text: str) -> str | None:
    if not text.strip():
        return None
    if doi := normal_doi(text):
        return doi
    raise ValueError(f"“{text}” is no DOI; it looks like 10.1145/3292500.")


def _arxiv_id(text: str) -> str | None:
    if not text.strip():
        return None
    if found := normal_arxiv(text):
        return found[0]
    raise ValueError(f"“{text}” is no arXiv id; it looks like 2401.00001.")


def _url(text: str) -> str | None:
    if not text.strip():
        return None
    if is_web_address(text.strip()):
        return clean_line(text)
    raise ValueError(f"“{text}” is no web address; it begins with https://.")


_READERS: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "abstract": _paragraphs,
    "authors": _authors,
    "year": _year,
    "doi": _doi,
    "arxiv_id": _arxiv_id,
    "url": _url,
}
