"""Tell the furniture of a page of papers from its text, line by line.

Knows the words and shapes that sites put around papers (buttons, counts, dates, who submitted); knows nothing
of titles and abstracts, which are what is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_web_address, normal_arxiv, normal_doi


class Kind(Enum):
    """What a line is. `value` of its `Line` is given in brackets."""

    TEXT = auto()  # title or abstract, or nothing we know
    TITLE = auto()  # says itself that it is a title: "Title: ..." [the rest]
    ABSTRACT = auto()  # "Abstract: ..." [the rest]
    AUTHORS = auto()  # "Authors: ..." [the rest]
    KEYWORDS = auto()  # "Keywords: ..." [the rest]
    HEADING = auto()  # of the page: "Subscribe", "Daily Papers"
    CURATOR = auto()  # "by AK and the research community" [AK]
    DATE = auto()  # [ISO date]
    PUBLISHED = auto()  # "Published on Mar 11, 2026" [ISO date]
    UPVOTES = auto()  # "Upvote 12" [12, or "" when the number stands on the next line]
    SUBMITTER = auto()  # "Submitted by X" [X, or "" when the name stands on the next line]
    IDENTIFIER = auto()  # a DOI, an arXiv id or an address alone [as it stands]
    COUNT = auto()  # a bare number: votes, comments, stars, a page
    BUTTON = auto()  # of a paper: "View PDF", "5 authors"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty; `number` counts from 1, `after_gap`: an empty line or none stands before it."""

    number: int
    text: str
    kind: Kind
    value: str
    after_gap: bool


_HEADINGS = re.compile(
    "new|subscribe|get trending papers in your email inbox!|"
    "get trending papers in your email inbox once a day!|get trending papers in your email inbox|daily papers|"
    "trending papers|papers|hugging face|hugging face's logo|log in|login|sign up|sign in|logout|"
    "log out|models|datasets|spaces|community|docs|enterprise|pricing|website|buckets|home|about|"
    "help|search|menu|daily|weekly|monthly|today|yesterday|trending|latest|popular|recent|"
    "most upvoted|submit|submit paper|submit a paper|previous|next|prev|back|back to articles|load more|"
    "show more|see more|privacy|terms|tos|careers|jobs|company|skip to content|skip to main content|"
    "main navigation|notifications|settings|profile|feedback|contact|sort|sort by|filter|filters|"
    "all papers|recent papers|top papers|new papers|newsletter|email|e-mail",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    "view pdf|view arxiv page|arxiv page|view all|arxiv|pdf|github|code|project page|project|html|"
    "view html|abstract|upvoted by|add to collection|add to library|bookmark|share|save|cite|cite arxiv|"
    "copy|comment|comments|reply|like|follow|authors|author|ai-generated summary|ai summary|published|"
    "updated|open|download|download pdf|read more|read paper|read the paper|more|video|demo|"
    "models citing this paper|datasets citing this paper|summary|doi|other|details|expand|collapse|"
    "semantic scholar|google scholar|related papers|bibtex|export bibtex citation|view paper|paper|"
    "paper page|star|stars|featured|organization",
    re.IGNORECASE,
)
_NUMBER = r"\d[\d.,\u202f]*\s?[km]?"
_SIGN = "[★☆⭐▲△▼⬆👍💬🔥❤🤗\ufe0f]"
_COUNT = re.compile(
    rf"[-+~#]?{_NUMBER}\+?|{_SIGN}+\s*{_NUMBER}|\(\d+\)|page \d+(?: (?:of|/) \d+)?|\d+ (?:of|/) \d+", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"(?:{_NUMBER}|no|one)\+? (?:more )?(?:authors?|comments?|likes?|views?|stars?|papers?|repl(?:y|ies)|downloads?|"
    r"citations?|votes?|points?|pages?|figures?|min(?:ute)?s? read|"
    r"(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?) ago)|"
    rf"(?:github|stars?|citations?|cited by|comments?|models|datasets|spaces|views|likes?):? {_NUMBER}|"
    r"(?:sort(?:ed)? by|sort|filter):? \w+|(?:\+ ?\d+|and \d+ more)(?: authors?)?|"
    r"(?:an hour|a day|a minute) ago|upvoted by .{1,60}",
    re.IGNORECASE,
)
_UPVOTES = re.compile(rf"up-?votes?\W*({_NUMBER})?|[▲👍⬆\ufe0f]+\s*({_NUMBER})|({_NUMBER}) up-?votes?", re.IGNORECASE)
_SUBMITTER = re.compile(r"(?:submitted|posted|shared|paper submitted) by\b[:\s]*(.{0,80})", re.IGNORECASE)
_CURATOR = re.compile(r"(?:curated )?by\s*(.{1,60}?) and the (?:research )?community", re.IGNORECASE)
_LABEL = re.compile(r"(title|abstract|authors?|key ?words)\s*(?::|—|–\s)\s*(?=\S)", re.IGNORECASE)
_LABELLED = {"title": Kind.TITLE, "abstract": Kind.ABSTRACT, "author": Kind.AUTHORS, "keyword": Kind.KEYWORDS}
_IDENTIFIER = re.compile(
    r"(?:(?:arxiv|doi|code|github|project(?: page)?|pdf|url|link|paper|html|demo)\s*:?\s*)?"
    r"(?:https?://\S+|www\.\S+|github\.com/\S+|\d{4}\.\d{4,5}(?:v\d+)?(?:\s*\[[\w.-]+\])?|"
    r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?|10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_MONTH_DAY = re.compile(rf"{_WEEKDAY}{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)? {_MONTH}(?:,? (\d{{4}}))?", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PUBLISHED = re.compile(
    r"(?:published|submitted|first submitted|originally announced|announced)(?: on)?:?\s+", re.IGNORECASE
)
_BULLETS = " ·•|*‣▪◦–—-\u200b"


def page_lines(text: str, today: date) -> list[Line]:
    """Return the lines of a page that are not empty, each with what it is."""
    lines: list[Line] = []
    after_gap = True
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        shown = clean_line(raw)
        if not shown:
            after_gap = True
            continue
        kind, value = classify(shown, today)
        lines.append(Line(number, shown, kind, value, after_gap))
        after_gap = False
    return lines


def classify(text: str, today: date) -> tuple[Kind, str]:
    """Return what one line is, and what it says as that.

    >>> classify("byAK and the research community", date(2026, 3, 12))
    (<Kind.CURATOR: 7>, 'AK')
    >>> classify("Mar 11", date(2026, 3, 12)), classify("· 5 authors", date(2026, 3, 12))[0]
    ((<Kind.DATE: 8>, '2026-03-11'), <Kind.BUTTON: 14>)
    """
    if len(text) > 150:
        return _labelled(text)
    bare = text.strip(_BULLETS)
    if not any(char.isalnum() for char in bare):
        return Kind.BUTTON, ""
    if _HEADINGS.fullmatch(bare):
        return Kind.HEADING, ""
    if _BUTTONS.fullmatch(bare.rstrip(":")):
        return Kind.BUTTON, ""
    if found := _UPVOTES.fullmatch(bare):
        return Kind.UPVOTES, next(filter(None, found.groups()), "")
    if _IDENTIFIER.fullmatch(bare) and _names_something(bare):
        return Kind.IDENTIFIER, bare
    if _COUNT.fullmatch(bare):
        return Kind.COUNT, bare
    if day := read_day(bare, today):
        return Kind.DATE, day
    if (found := _PUBLISHED.match(bare)) and (day := read_day(bare[found.end() :], today)):
        return Kind.PUBLISHED, day
    if found := _CURATOR.fullmatch(bare):
        return Kind.CURATOR, found.group(1)
    if found := _SUBMITTER.fullmatch(bare):
        return Kind.SUBMITTER, found.group(1).strip()
    if _COUNTED.fullmatch(bare):
        return Kind.BUTTON, ""
    return _labelled(text)


def read_day(text: str, today: date) -> str | None:
    """Return the date that a text is, as ISO text, or None.

    A date without a year is the latest such date not after `today`.

    >>> [read_day(text, date(2026, 3, 12)) for text in ("Mar 11", "13 March", "Wednesday, March 11", "Feb 29")]
    ['2026-03-11', '2025-03-13', '2026-03-11', '2024-02-29']
    """
    if found := _ISO_DATE.fullmatch(text):
        return _day(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    if found := _MONTH_DAY.fullmatch(text):
        month, day, year = found.groups()
    elif found := _DAY_MONTH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    number = _MONTHS.index(month[:3].lower()) + 1
    if year:
        return _day(int(year), number, int(day))
    for back in range(9):  # eight years: the longest way from one leap day to another
        found_day = _day(today.year - back, number, int(day))
        if found_day and found_day <= today.isoformat():
            return found_day
    return None


def read_count(text: str) -> int | None:
    """Return the number that a count shows: "12", "1,204", "1.2k".

    >>> read_count("12"), read_count("1,204"), read_count("1.2k")
    (12, 1204, 1200)
    """
    short = text.strip().lower().replace("\u202f", "").replace(" ", "")
    factor = {"k": 1000, "m": 1_000_000}.get(short[-1:], 1)
    digits = short.rstrip("km")
    try:
        if factor > 1:
            return round(float(digits.replace(",", ".")) * factor)
        return int(re.sub(r"[.,](?=\d{3}(?!\d))", "", digits))
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _labelled(text: str) -> tuple[Kind, str]:
    if found := _LABEL.match(text):
        name = found.group(1).lower().replace(" ", "").removesuffix("s")
        return _LABELLED[name], text[found.end() :]
    return Kind.TEXT, text


def _names_something(text: str) -> bool:
    url = text.split()[-1]
    if is_web_address(url) or url.lower().startswith(("www.", "github.com/")):
        return True
    return bool(normal_doi(text) or normal_arxiv(text))
