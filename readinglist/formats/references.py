"""References as they stand at the end of a paper, in the styles people are asked for: written, never read.

    reference(Paper("On Lists", authors=(Author("Ada Bo"),), year=2020, venue="Journal of Lists"), "apa")
    -> Bo, A. (2020). On Lists. Journal of Lists.

citeproc-py formats; the styles are those of the CSL repository in `resources/csl`. Both are loaded when the first
reference is asked for. Where citeproc-py falls short of the styles, what it gives is mended here; where it
fails, a plain reference takes its place, as nobody wants an export without one of the papers.
"""

from __future__ import annotations

import html as html_text
import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from readinglist.assets import resource
from readinglist.formats.bibliography import extra_line
from readinglist.formats.csl import arxiv_number, csl_name, csl_type
from readinglist.formats.names import read_editors
from readinglist.paper import Paper
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_stand_in_title
from readinglist.text.mathematics import as_text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style. `numbered`: its references bear numbers; `american`: full stops and commas go inside quotes."""

    name: str
    label: str
    numbered: bool = False
    american: bool = False


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        style.name: style
        for style in (
            Style("apa", "APA"),
            Style("chicago", "Chicago", american=True),
            Style("harvard", "Harvard"),
            Style("ieee", "IEEE", numbered=True, american=True),
        )
    }
)

# What has a meaning in markup travels through citeproc-py as private characters: it escapes nothing itself.
_HIDDEN = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({hidden: char for char, hidden in _HIDDEN.items()})
_SHOW_ESCAPED = str.maketrans({hidden: html_text.escape(char) for char, hidden in _HIDDEN.items()})
_PRIVATE = re.compile("[\ue000-\ue002]")
_NUMBER = re.compile(r" ?(?:\[1\]|1\.) ?")
_AFTER_QUOTE = re.compile(r"(?<=[^.,!?])”([.,])")
_AFTER_QUESTION = re.compile(r"(?<=[!?])”[.,]")
_DOUBLED = re.compile(r"([.!?])(</i>)?\.(?=\s|$)")
_FACTS = {
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher_place": ("address", "location"),
    "edition": ("edition",),
    "genre": ("type",),
}
_AS_SPELT = frozenset({"container-title", "publisher", "publisher-place", "number"})
_CITEPROC_RAISES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)
_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_OF_BOOKS = frozenset({"publisher", "publisher_place"})  # databases give them for articles too, but nobody cites them
_PARTS = frozenset({"article-journal", "paper-conference", "chapter"})
_AUTHORS = 20
_OF_FORMULAS = ("GREEK", "SCRIPT", "LATIN SUBSCRIPT", "MODIFIER LETTER", "DOUBLE-STRUCK")
_LONGEST = 2000
_one_at_a_time = threading.Lock()  # a style of citeproc-py carries the state of what it formats


def reference(paper: Paper, style: str, *, html: bool = False) -> str:
    """Return the reference of a paper in a style of `STYLES`, without a number, on one line.

    With `html` it is a piece of safe HTML that has nothing but `<i>`, `<b>`, `<sup>`, `<sub>` and `<span>` in it.
    """
    chosen = STYLES[style]
    paper = replace(paper, title=as_text(paper.title))
    if is_stand_in_title(paper.title) and not paper.authors:
        return plain_reference(paper, html=html)
    try:
        with _one_at_a_time:
            text = _formatted(_item(paper), style, html=html)
    except _CITEPROC_RAISES:
        log.exception("citeproc-py could not format paper %s", paper.uid)
        return plain_reference(paper, html=html)
    text = _mended(text, paper, chosen)
    shown = text.translate(_SHOW_ESCAPED if html else _SHOW)
    return shown if clean_line(shown) else plain_reference(paper, html=html)


def plain_reference(paper: Paper, *, html: bool = False) -> str:
    """Return authors, year, title, venue and where to find it, as far as known: what works whatever is missing.

    >>> plain_reference(Paper("On Lists", authors=(Author("Ada Bo"), Author("Cy Du")), year=2020, doi="10.1/x"))
    'Ada Bo, Cy Du (2020). On Lists. https://doi.org/10.1/x'
    """
    names = [author.name for author in paper.authors]
    who = ", ".join(names[:_AUTHORS]) + (" et al." if len(names) > _AUTHORS else "")
    year = str(paper.year) if paper.year else (paper.published or "")[:4]
    lead = f"{who} ({year})" if who and year else who or (f"({year})" if year else "")
    parts = [part.rstrip(".") + "." for part in (lead, paper.title, paper.venue) if part]
    if where := _where(paper):
        parts.append(where)
    text = clean_line(" ".join(parts))
    return html_text.escape(text) if html else text


def references_writer(style: str, *, html: bool = False) -> Callable[[Iterable[Paper]], Iterator[str]]:
    """Return the writer of a format: references in the order of the papers."""
    return partial(_write_html if html else _write_text, STYLES[style])


def _write_text(style: Style, papers: Iterable[Paper]) -> Iterator[str]:
    for number, paper in enumerate(papers, 1):
        text = reference(paper, style.name)
        yield f"[{number}] {text}\n" if style.numbered else f"{text}\n"


def _write_html(style: Style, papers: Iterable[Paper]) -> Iterator[str]:
    tag = "ol" if style.numbered else "ul"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>References</title>\n'
        "<style>body { max-width: 45em; margin: 2em auto; font: 16px/1.5 serif } ul { list-style: none; padding: 0 }"
        " li { margin-bottom: .6em }</style>\n"
        f"</head>\n<body>\n<h1>References</h1>\n<{tag}>\n"
    )
    for paper in papers:
        yield f"<li>{reference(paper, style.name, html=True)}</li>\n"
    yield f"</{tag}>\n</body>\n</html>\n"


def _item(paper: Paper) -> dict[str, Any]:
    """Return what citeproc-py is to know of a paper: the variables it has, nothing it would warn of."""
    extra = paper.extra
    venue = paper.venue or extra_line(extra, "booktitle")
    kind = csl_type(paper)
    if venue is None and kind in _PARTS:
        kind = "document"
    if kind == "document" and paper.arxiv_id:
        kind = "article"  # what CSL calls a preprint
    item: dict[str, Any] = {"id": "paper", "type": kind}
    as_spelt = _AS_SPELT if _is_english(paper) else _AS_SPELT | {"title"}
    if not is_stand_in_title(paper.title):
        item["title"] = paper.title.rstrip(". ") or paper.title
    people = {"author": paper.authors, "editor": read_editors(extra_line(extra, "editor") or "")}
    for role, authors in people.items():
        if authors and not (role == "editor" and (authors == paper.authors or kind in _JOURNALS)):
            item[role] = [{part: _hidden(text) for part, text in csl_name(each).items()} for each in authors]
    day = paper.published or (f"{paper.year:04}" if paper.year else "")
    if day:
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    if venue:
        item["container-title"] = venue
    for variable, names in _FACTS.items():
        if (text := extra_line(extra, *names)) and not (kind in _JOURNALS and variable in _OF_BOOKS):
            item[variable.replace("_", "-")] = text
    if kind == "article" and paper.arxiv_id:
        item["number"] = arxiv_number(paper)
        item.setdefault("publisher", "arXiv")
    if paper.doi:
        item["DOI"] = paper.doi
    elif where := _where(paper):
        item["URL"] = where
    for variable, value in item.items():
        if isinstance(value, str) and variable not in ("id", "type"):
            text = _hidden(value)
            # No style may change the capitals of a name: "Proc. of CONF" is no sentence.
            item[variable] = f'<span class="nocase">{text}</span>' if variable in as_spelt else text
    return item


def _is_english(paper: Paper) -> bool:
    """Say whether the title may be set with capitals: a style that wants them means English titles."""
    language = extra_line(paper.extra, "language", "langid")
    if language:
        return language.lower().startswith("en")
    return not any(
        char.isalpha() and char > "\u024f" and not unicodedata.name(char, "").startswith(_OF_FORMULAS)
        for char in paper.title
    )


def _hidden(text: str) -> str:
    return _PRIVATE.sub("", clean_line(text[:_LONGEST])).translate(_HIDE)


def _where(paper: Paper) -> str | None:
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return paper.url


@cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(resource(f"csl/{name}.csl")), validate=False)


def _formatted(item: dict[str, Any], style: str, *, html: bool) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    chosen = formatter.html if html else formatter.plain
    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), chosen)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return "".join(map(str, bibliography.bibliography()))


def _mended(text: str, paper: Paper, style: Style) -> str:
    """Return what citeproc-py gave as the style wants it. WORKAROUND citeproc-py 0.11.1 for each of these."""
    text = " ".join(text.split())
    if style.numbered:
        text = _NUMBER.sub("", text, count=1)
    if not paper.authors and not is_stand_in_title(paper.title):
        text = _without_second(text, _hidden(paper.title))  # what stood in for the authors is written again
    text = _DOUBLED.sub(r"\1\2", text)
    if paper.venue:
        text = text.replace(" [Preprint]", "", 1)  # Harvard's guess for an article without a volume
    text = text.replace(" Retrieved http", " http", 1)  # APA's word belongs to a date of access
    if style.american:
        text = _AFTER_QUESTION.sub("”", _AFTER_QUOTE.sub(r"\1”", text))
    return text.strip()


def _without_second(text: str, title: str) -> str:
    lower, wanted = text.lower(), title.lower()
    first = lower.find(wanted)
    second = lower.find(wanted, first + len(wanted)) if first >= 0 else -1
    if second < 0 or len(lower) != len(text):
        return text
    before = re.sub(r"(?:<i>)?[“‘]?$", "", text[:second])
    after = re.sub(r"^[”’]?(?:</i>)?[.,]?\s*", "", text[second + len(title) :])
    return f"{before}{after}".rstrip()
