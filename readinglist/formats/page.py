"""A page of papers as a reader copies it from the browser: titles, abstracts and the page's furniture in between.

    Daily Papers                                         a heading
    byAK and the research community                      submitted_by "AK" of every paper
    Mar 11                                               listed
                                                         space, or none
    On the Order of Lists                                a title
    We keep lists and ask in which order. Code: ...      its abstract: a line, wrapped lines, paragraphs
    Upvote 12                                            upvotes of the paper

`page_lines` tells the furniture, `page_layout` titles from abstracts; here they are put together to papers.
Every line that finds no place is told of.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from readinglist.errors import Problem
from readinglist.formats.item import Item, Record
from readinglist.formats.page_layout import Segment, Text, find_segments
from readinglist.formats.page_lines import Kind, Line, page_lines, read_count
from readinglist.formats.paper_json import with_code_links
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Author, Link, Paper
from readinglist.phrase import phrase
from readinglist.text.identifiers import addresses, link_kind, normal_arxiv, normal_doi

_TEXTS = frozenset({Kind.TEXT, Kind.TITLE, Kind.ABSTRACT})
_OF_THE_PAGE = frozenset({Kind.HEADING, Kind.CURATOR, Kind.DATE})
_OF_A_PAPER = (Kind.UPVOTES, Kind.SUBMITTER, Kind.PUBLISHED, Kind.IDENTIFIER, Kind.AUTHORS, Kind.KEYWORDS)
_OTHER_FORMATS = re.compile(
    r"\s*(?:[{<]|\[\s*[{\]]|%PDF|@\w+\s*\{|TY  - |PMID- |FN |#!|(?:import|from|def|class) \w+)", re.IGNORECASE
)
_MAY_LEAD = frozenset({Kind.UPVOTES, Kind.SUBMITTER, Kind.IDENTIFIER})
_BETWEEN_NAMES = re.compile(r"[,;]\s*(?:and\s+)?|(?<!\s)\s+(?:and|&)\s+")
# Two to five words with a capital; particles may be small ("Ludwig van Beethoven").
_PERSON = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.’'-]*"
    r"(?: (?:(?:van|von|der|de|la|del|di|da|dos|bin|al|el|le|ten|ter)\b|[^\W\d_a-zß-ÿ][\w.’'-]*)){1,4}"
)
_ARXIV_HOSTS = re.compile(r"^https?://(?:[\w-]+\.)*(?:arxiv\.org|alphaxiv\.org|huggingface\.co/papers)/", re.IGNORECASE)
_MOST_HEADINGS = 3
_LONGEST_HEADING = 60
_SHOWN = 60


def recognise_page(sample: Sample) -> float:
    """Say how sure it is that papers can be found in a text: never very, as anything else is tried first."""
    if _OTHER_FORMATS.match(sample.text):
        return 0.0
    records = [item for item in _items(sample.text, sample.name, date.max, USUAL) if isinstance(item, Record)]
    if not records:
        return 0.0
    return 0.4 if any(record.paper.abstract for record in records) else 0.2


def read_page(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a copied page in order, and a notice for every line that found no place."""
    yield from _items(source.text(limits), source.name, today, limits)


@dataclass(slots=True)
class _Draft:
    """A paper while its parts are gathered."""

    line: Line
    title: str
    paragraphs: list[str] = field(default_factory=list)
    facts: list[Line] = field(default_factory=list)
    authors: tuple[Author, ...] = ()
    listed: str | None = None


_Notice = tuple[Line, str]
"""A line, and what is to be said of it."""


def _items(text: str, name: str, today: date, limits: Limits) -> Iterator[Item]:
    notices: list[_Notice] = []
    parts = _parts(_completed(page_lines(text, today)))
    drafts = _drafts(parts, notices)
    curator = _place_facts(parts, drafts, notices)
    problems = deque(
        Problem("notice", name, line.number, phrase("{said}: {line}", said=said, line=_short(line.text)))
        for line, said in sorted(notices, key=lambda notice: notice[0].number)
    )
    for draft in drafts:
        while problems and (problems[0].line or 0) <= draft.line.number:
            yield problems.popleft()
        yield _finished(draft, name, curator, limits)
    yield from problems


def _completed(lines: list[Line]) -> list[Line]:
    """Put together what a page wrote on two lines, and give a wrapped paragraph back its last words."""
    done: list[Line] = []
    for line in lines:
        above = done[-1] if done else None
        if above and above.kind is Kind.UPVOTES and not above.value and line.kind is Kind.COUNT:
            done[-1] = replace(above, value=line.value)
            line = replace(line, kind=Kind.BUTTON)
        elif above and above.kind is Kind.SUBMITTER and not above.value and line.kind is Kind.TEXT:
            done[-1] = replace(above, value=line.text)
            line = replace(line, kind=Kind.BUTTON)
        elif line.kind not in _TEXTS and _ends_wrapped_text(done, line):
            line = replace(line, kind=Kind.TEXT, value=line.text)
        done.append(line)
    return done


def _ends_wrapped_text(above: list[Line], line: Line) -> bool:
    """Say whether a line stands where a wrapped paragraph still wants its last words: "... as it was in" / "2017"."""
    if line.after_gap or len(above) < 2 or above[-1].after_gap:
        return False
    first, second = above[-2:]
    if not all(each.kind in _TEXTS and len(each.text) <= 130 for each in (first, second)) or len(first.text) < 50:
        return False
    if len(second.text) + 1 + len(line.text.split(" ", 1)[0]) <= len(first.text):
        return False  # it would have had room on the line above
    goes_on = second.text[-1] not in ".!?"
    if line.kind is Kind.IDENTIFIER:
        return goes_on or line.text.endswith(".")
    return goes_on and second.text[0].islower()


Part = Line | tuple[Line, Segment]
"""A piece of furniture, or a title or paragraph with its first line."""


def _parts(lines: list[Line]) -> list[Part]:
    """Return the page in order: furniture as its lines, text as titles and paragraphs."""
    texts: list[Text] = []
    places: list[int] = []
    block, parted = 0, False
    for place, line in enumerate(lines):
        if line.kind not in _TEXTS:
            parted = True
            continue
        block += line.after_gap or parted
        hint = -1 if line.kind is Kind.TITLE else 1 if line.kind is Kind.ABSTRACT else 0
        texts.append(Text(line.value, block, parted, hint))
        places.append(place)
        parted = False
    starts = {places[segment.first]: segment for segment in find_segments(texts)}
    parts: list[Part] = []
    for place, line in enumerate(lines):
        if place in starts:
            parts.append((line, starts[place]))
        elif line.kind not in _TEXTS:
            parts.append(line)
    return parts


def _drafts(parts: list[Part], notices: list[_Notice]) -> list[_Draft]:
    """Return the papers of a page in order. Headings and orphans go to `notices`."""
    pairs = _has_abstracts(parts)
    drafts: list[_Draft] = []
    in_heading = True
    for place, part in enumerate(parts):
        if isinstance(part, Line):
            continue
        line, segment = part
        if segment.is_abstract:
            if drafts:
                drafts[-1].paragraphs.append(segment.text)
            else:
                notices.append((line, phrase("this stands before the first title and was left out")))
            in_heading = False
        elif in_heading and _is_heading(parts, place, pairs=pairs):
            notices.append((line, phrase("this was taken as a heading of the page")))
        elif drafts and not drafts[-1].paragraphs and (authors := _names(parts, place)):
            drafts[-1].authors = authors
        elif not _is_abstract(parts, place + 1) and not _stands_alone(segment.text):
            notices.append((line, phrase("this could not be placed")))
        else:
            in_heading = False
            drafts.append(_Draft(line, segment.text))
    if pairs and drafts and not drafts[0].paragraphs:
        notices.append((drafts[0].line, phrase("this was taken as a title without an abstract")))
    return drafts


def _has_abstracts(parts: list[Part]) -> bool:
    return any(not isinstance(part, Line) and part[1].is_abstract for part in parts)


def _is_abstract(parts: list[Part], place: int) -> bool:
    """Say whether the next text from a place on is a paragraph of an abstract."""
    for later in range(place, len(parts)):
        part = parts[later]
        if not isinstance(part, Line):
            return part[1].is_abstract
    return False


def _is_heading(parts: list[Part], place: int, *, pairs: bool) -> bool:
    """Say whether an unknown line at the head of a page belongs to it: known furniture of the page follows."""
    for part in parts[place : place + (_MOST_HEADINGS if pairs else 1)]:
        if isinstance(part, Line):
            break
        text = part[1].text
        if part[1].is_abstract or len(text) > _LONGEST_HEADING or len(text.split()) > (9 if pairs else 4):
            return False
        place += 1
    following = parts[place] if place < len(parts) else None
    return isinstance(following, Line) and following.kind in _OF_THE_PAGE


def _stands_alone(title: str) -> bool:
    """Say whether a line without an abstract can be a title: it has some words, and they are words."""
    letters = sum(char.isalpha() for char in title)
    words = title.split()
    wide = sum(char > "\u2fff" for char in title)
    enough = (len(words) >= 3 and letters >= 10) or (len(words) == 2 and letters >= 14) or wide >= 5
    return enough and letters + len(words) > 0.75 * len(title)


def _names(parts: list[Part], place: int) -> tuple[Author, ...]:
    """Return the authors when the line between a title and an abstract is a list of people, else nothing."""
    part = parts[place]
    if isinstance(part, Line) or not _is_abstract(parts, place + 1):
        return ()
    authors = authors_of(part[1].text)
    return authors if len(authors) >= (3 if part[0].after_gap else 2) else ()


def authors_of(text: str) -> tuple[Author, ...]:
    """Return the people that a line lists, or nothing when it is no such list.

    >>> [author.name for author in authors_of("Ada Lovelace, Ludwig van Beethoven and Al Roe")]
    ['Ada Lovelace', 'Ludwig van Beethoven', 'Al Roe']
    """
    names = [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()]
    return tuple(map(Author, names)) if all(map(_PERSON.fullmatch, names)) else ()


def _place_facts(parts: list[Part], drafts: list[_Draft], notices: list[_Notice]) -> str | None:
    """Give every fact to the paper it belongs to, and return who submitted the page."""
    facts = [part for part in parts if isinstance(part, Line)]
    curator = next((line.value for line in facts if line.kind is Kind.CURATOR), None)
    starts = [draft.line.number for draft in drafts]
    abstracts = [part[0].number for part in parts if not isinstance(part, Line) and part[1].is_abstract]
    for kind in _OF_A_PAPER:
        lines = [line for line in facts if line.kind is kind]
        leads = kind in _MAY_LEAD and bool(lines and starts) and lines[0].number < starts[0]
        if leads and len(lines) == 1 and len(drafts) > 1 and kind is not Kind.UPVOTES:
            if kind is Kind.SUBMITTER:
                curator = curator or lines[0].value
            else:
                notices.append((lines[0], phrase("this stands above all papers and was left out")))
            continue
        for line in lines:
            above = bisect(starts, line.number) - 1
            inside = above >= 0 and _stands_inside(line.number, above, starts, abstracts)
            owner = above if inside or not leads else above + 1
            if 0 <= owner < len(drafts):
                drafts[owner].facts.append(line)
            else:
                notices.append((line, phrase("this belongs to no paper")))
    _place_dates([line for line in facts if line.kind is Kind.DATE], drafts, starts, notices)
    return curator


def _stands_inside(number: int, draft: int, starts: list[int], abstracts: list[int]) -> bool:
    """Say whether a line stands between the title of a paper and the end of its abstract."""
    following = bisect(abstracts, number)
    end = starts[draft + 1] if draft + 1 < len(starts) else None
    return following < len(abstracts) and (end is None or abstracts[following] < end)


def _place_dates(dates: list[Line], drafts: list[_Draft], starts: list[int], notices: list[_Notice]) -> None:
    """Read a date above papers as the day of the list below it, and dates below most papers as their own."""
    inner = [line for line in dates if starts and line.number > starts[0]]
    own = bool(inner) and 2 * len(inner) >= len(drafts)
    for line in dates:
        below = bisect(starts, line.number)
        if own and below:
            drafts[below - 1].facts.append(replace(line, kind=Kind.PUBLISHED))
        elif below == len(drafts):
            notices.append((line, phrase("this date belongs to no paper")))
        else:
            drafts[below].listed = line.value
    listed = None
    for draft in drafts:
        listed = draft.listed = draft.listed or listed


def _finished(draft: _Draft, name: str, curator: str | None, limits: Limits) -> Item:
    abstract = "\n\n".join(draft.paragraphs) or None
    if max(len(draft.title), len(abstract or "")) > limits.field_chars:
        return Problem(
            "failed",
            name,
            draft.line.number,
            phrase("a text is longer than {field_chars:,} characters", field_chars=limits.field_chars),
        )
    paper = Paper(
        title=draft.title,
        abstract=abstract,
        authors=draft.authors,
        listed=draft.listed,
        submitted_by=curator,
        links=with_code_links((), abstract) if abstract else (),
        source="page",
    )
    for line in draft.facts:
        paper = _with_fact(paper, line)
    return Record(draft.line.number, paper)


def _with_fact(paper: Paper, line: Line) -> Paper:
    match line.kind:
        case Kind.UPVOTES:
            return replace(paper, upvotes=read_count(line.value))
        case Kind.SUBMITTER:
            return replace(paper, submitted_by=line.value or paper.submitted_by)
        case Kind.PUBLISHED:
            return replace(paper, published=line.value, year=int(line.value[:4]))
        case Kind.AUTHORS:
            names = [name.strip() for name in _BETWEEN_NAMES.split(line.value) if name.strip()]
            return replace(paper, authors=tuple(map(Author, names)))
        case Kind.KEYWORDS:
            words = [word.strip(" .") for word in re.split("[;,·]", line.value)]
            return replace(paper, keywords=tuple(dict.fromkeys(word for word in words if word)))
        case _:
            return _with_identifier(paper, line.value)


def _with_identifier(paper: Paper, text: str) -> Paper:
    """Keep an address, a DOI or an arXiv id that stands by a paper; the first address of a page is its `url`."""
    found = addresses(text)
    url = found[0] if found else None
    arxiv = normal_arxiv(text) if url is None or _ARXIV_HOSTS.search(url) else None
    if arxiv and paper.arxiv_id is None:
        paper = replace(paper, arxiv_id=arxiv[0], version=arxiv[1])
    doi = normal_doi(text) if url is None or "doi.org/" in url.lower() else None
    if doi and paper.doi is None:
        paper = replace(paper, doi=doi)
    if url is None or any(link.url == url for link in paper.links):
        return paper
    kind = "page" if _ARXIV_HOSTS.search(url) and link_kind(url) == "other" else link_kind(url)
    if kind == "page" and paper.url is None:
        return replace(paper, url=url)
    return replace(paper, links=(*paper.links, Link(kind, url)))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
