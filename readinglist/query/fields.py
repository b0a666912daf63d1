"""The one table of fields: what may stand before a colon, what may stand after it, and how to say so.

The parser, the messages, the completions and the help sheet are made from it. Knows nothing of papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from readinglist.query.edits import within


class FieldValueError(ValueError):
    """What stands after a field's colon is no value of it.

    `suggestion` would be one, in its place, or with `whole_term` in the place of field and value.
    """

    def __init__(self, message: str, suggestion: str | None = None, *, whole_term: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
        self.whole_term = whole_term


class Kind(StrEnum):
    """What the values of a field are, and so how they are read."""

    TEXT = "text"
    TAG = "tag"
    STATE = "state"
    PRESENCE = "presence"
    NUMBER = "number"
    DATE = "date"
    DOI = "doi"
    ARXIV = "arxiv"
    IDS = "ids"
    SOURCE = "source"
    SEARCH = "search"
    SORT = "sort"


@dataclass(frozen=True, slots=True)
class Choice:
    """A fixed value of a field and what it means; for dates, one of many that may be written."""

    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the language.

    `values` are all values there are for the kinds STATE, PRESENCE and SORT, and suggestions for the others.
    `ahead`: its dates lie ahead, so that "<2w" counts from today on and not back. `local_days`: its dates are
    local days ("2026-03-11") and not instants in UTC.
    """

    name: str
    kind: Kind
    help: str
    example: str
    values: tuple[Choice, ...] = ()
    ahead: bool = False
    local_days: bool = False


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One line of the help sheet: what to write and what it finds."""

    write: str
    finds: str


_DAYS_BACK = (
    Choice("today", "today"),
    Choice("yesterday", "yesterday"),
    Choice("<7d", "in the last 7 days"),
    Choice("<1m", "in the last month"),
    Choice(">1y", "more than a year ago"),
)
_DAYS_AHEAD = (
    Choice("today", "today"),
    Choice("tomorrow", "tomorrow"),
    Choice("<2w", "less than two weeks ahead"),
    Choice(">1m", "more than a month ahead"),
)

SORT_DESCENDING: Mapping[str, bool] = MappingProxyType(
    {
        "relevance": True,
        "added": True,
        "changed": True,
        "finished": True,
        "listed": True,
        "published": True,
        "year": True,
        "upvotes": True,
        "title": False,
        "author": False,
        "venue": False,
        "position": False,
        "until": False,
        "id": False,
    }
)
"""What `sort:` may name, and whether it then goes from large to small; `sort:-…` is the other way round."""

_SORT_HELP = {
    "relevance": "best first",
    "added": "added last first",
    "changed": "changed last first",
    "finished": "finished last first",
    "listed": "newest list first",
    "published": "newest first",
    "year": "newest year first",
    "upvotes": "most upvotes first",
    "title": "by title, A to Z",
    "author": "by first author, A to Z",
    "venue": "by venue, A to Z",
    "position": "by place in Up next",
    "until": "soonest back first",
    "id": "by number",
}

_TABLE = (
    Field("title", Kind.TEXT, "words in the title", "title:sparse"),
    Field("abstract", Kind.TEXT, "words in the abstract", 'abstract:"logit lens"'),
    Field("author", Kind.TEXT, "words of one author's name", "author:knuth"),
    Field("note", Kind.TEXT, "words in your note", "note:(idea OR question)"),
    Field("highlight", Kind.TEXT, "words in a highlight or its comment", "highlight:bias"),
    Field("venue", Kind.TEXT, "words in the venue", "venue:neurips"),
    Field("keyword", Kind.TEXT, "words of one keyword", "keyword:retrieval"),
    Field(
        "tag",
        Kind.TAG,
        "a tag and the tags under it",
        "tag:nlp/parsing",
        (Choice("none", "without any tag"), Choice("any", "with a tag")),
    ),
    Field(
        "is",
        Kind.STATE,
        "a state",
        "is:unread",
        (
            Choice("inbox", "in the Inbox"),
            Choice("next", "in Up next"),
            Choice("reading", "being read"),
            Choice("later", "put off, and the day has not come"),
            Choice("read", "read"),
            Choice("archived", "archived"),
            Choice("starred", "starred"),
            Choice("unread", "neither read nor archived"),
            Choice("due", "put off, and the day has come"),
            Choice("duplicate", "perhaps in the library twice"),
            Choice("revised", "changed since you read it"),
            Choice("trash", "in the trash"),
        ),
    ),
    Field(
        "has",
        Kind.PRESENCE,
        "something that is there",
        "has:note",
        (
            Choice("note", "a note"),
            Choice("highlight", "a highlight"),
            Choice("tag", "a tag"),
            Choice("abstract", "an abstract"),
            Choice("code", "a link to code"),
            Choice("pdf", "a link to a PDF"),
            Choice("doi", "a DOI"),
            Choice("arxiv", "an arXiv id"),
        ),
    ),
    Field("year", Kind.NUMBER, "the year: one, from..to, or >=", "year:2020..2023"),
    Field("upvotes", Kind.NUMBER, "the number of upvotes", "upvotes:>10"),
    Field("tags", Kind.NUMBER, "the number of tags", "tags:>3"),
    Field("added", Kind.DATE, "when it was added", "added:<7d", _DAYS_BACK),
    Field("finished", Kind.DATE, "when you finished it", "finished:2026-03", _DAYS_BACK),
    Field("changed", Kind.DATE, "when it was last changed", "changed:yesterday", _DAYS_BACK),
    Field("until", Kind.DATE, "when it comes back from Later", "until:<2w", _DAYS_AHEAD, ahead=True, local_days=True),
    Field("listed", Kind.DATE, "the date of the list it came in", "listed:2026-03-11", _DAYS_BACK, local_days=True),
    Field("doi", Kind.DOI, "its DOI", "doi:10.1000/182"),
    Field("arxiv", Kind.ARXIV, "its arXiv id, any version", "arxiv:2401.00001"),
    Field("id", Kind.IDS, "its number, or several with commas", "id:3,5,9"),
    Field("source", Kind.SOURCE, "where it came from", "source:hf", (Choice("manual", "added by hand"),)),
    Field("search", Kind.SEARCH, "a saved search", 'search:"to read soon"'),
    Field(
        "sort",
        Kind.SORT,
        "the order; - turns it round",
        "sort:-added",
        tuple(Choice(name, _SORT_HELP[name]) for name in SORT_DESCENDING),
    ),
)

FIELDS: Mapping[str, Field] = MappingProxyType({field.name: field for field in _TABLE})
"""Every field by its name, in the order of the help sheet."""

SOURCE_ALIASES: Mapping[str, str] = MappingProxyType({"hf": "huggingface"})
"""Short names of sources."""

_SYNTAX = (
    HelpRow("positional bias", "papers with both words, best first"),
    HelpRow('"logit lens"', "the phrase"),
    HelpRow("transform*", "words that start so"),
    HelpRow("fuzy~", "words with one or two typing errors (fuzy~1, fuzy~2)"),
    HelpRow("a OR b", "one of both; also a | b"),
    HelpRow("-survey", "papers without the word; also NOT survey"),
    HelpRow("(a OR b) c", "parentheses group"),
    HelpRow('title:(sparse "auto encoder")', "several words in one field"),
)


def help_rows() -> list[HelpRow]:
    """Return the help sheet: the ways to combine words, then every field with an example."""
    rows = list(_SYNTAX)
    for field in FIELDS.values():
        if field.kind not in (Kind.STATE, Kind.PRESENCE):
            rows.append(HelpRow(field.example, field.help))
        if field.kind in (Kind.TAG, Kind.STATE, Kind.PRESENCE):
            rows += [HelpRow(f"{field.name}:{choice.text}", choice.help) for choice in field.values]
    return rows


def close_field(name: str) -> str | None:
    """Return the field that `name` is most likely a slip of the fingers for, or None.

    Cautious, since text has colons too: names of two letters are never slips, and the first letter must be
    right unless two neighbours were swapped.

    >>> close_field("tga"), close_field("auhtor"), close_field("re"), close_field("http"), close_field("bag")
    ('tag', 'author', None, None, None)
    """
    if len(name) < 3:
        return None
    return _closest(
        name,
        [known for known in FIELDS if known[0] == name[0] or sorted(known) == sorted(name)],
        2 if len(name) > 5 else 1,
    )


def close_value(text: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` values that `text` most likely stands for, or None.

    >>> close_value("inbx", ["inbox", "read"]), close_value("arch", ["archived"]), close_value("x", ["read"])
    ('inbox', 'archived', None)
    """
    names = list(known)
    longer = [name for name in names if text and name.startswith(text)]
    return longer[0] if longer else _closest(text, names, 1 if len(text) < 5 else 2)


def _closest(text: str, names: list[str], most: int) -> str | None:
    for distance in range(1, most + 1):
        for name in names:
            if within(text, name, distance) and distance < len(text):
                return name
    return None
