"""Ask a feed and read its answer. Knows nothing of the library it is taken into.

What comes from the network is read in a process of its own, with the limits of an import and less memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, overload
from urllib.parse import urljoin

from readinglist.errors import Problem, ReadingListError
from readinglist.feeds.address import Kind, normal_url, page_after, shown
from readinglist.feeds.rhythm import expected
from readinglist.feeds.values import Feed, FeedError
from readinglist.formats.item import Record
from readinglist.formats.source import BadSource, Limits, Source
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.progress import Progress

if TYPE_CHECKING:
    from readinglist.feeds.fetch import Fetched
    from readinglist.feeds.manners import Manners
    from readinglist.formats.feed_head import FeedHead

LIMITS = Limits(unpacked_bytes=50_000_000)
_MEMORY_BYTES = 1_000_000_000
_MOST_ENTRIES = 5000
_MOST_PAGES = 5
_FORMATS = ("feed", "arxiv", "huggingface")
_REPLACEMENTS = frozenset({"replace", "replace-cross"})


Version = tuple[str, str | None]
"""A paper of arXiv: its identifier and version ("v2")."""


@dataclass(slots=True)
class Answer:
    """What a feed gave: the records, the problems with them, the number of all entries, what it says of itself.

    `whole` is False when it was cut off; then its last record is left out: it may be half a paper. `announced` is how
    many entries the pages that were asked for should have (None: it does not say). `reached`: one of them is as this
    feed told of it before, so that nothing lies between. `more`: there are pages that were not asked for.
    """

    head: FeedHead
    fetched: Fetched
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: int = 0
    whole: bool = True
    announced: int | None = None
    reached: bool = False
    more: bool = False


def answer_of(
    feed: Feed, seen: Collection[Version], manners: Manners, today: date, progress: Progress
) -> Answer | None:
    """Ask a feed and read what it holds; None when nothing has changed.

    A query of arXiv is asked for page after page, some at most, until one has a paper that was `seen` before as it is.
    The first time the first page is enough. Raises FeedError, also where a later page fails: what is taken in without
    the rest would hide that it is missing. Raises Cancelled.
    """
    fetched = ask(feed, manners, progress)
    if fetched is None:
        return None
    answer = read_answer(feed, fetched, today, progress)
    pages = 1
    while _goes_on(feed, answer, seen):
        url = page_after(feed.address, answer.entries)
        if url is None:
            break
        if pages == _MOST_PAGES:
            answer.more = True
            break
        more = read_answer(feed, _asked(url, feed.address.host, manners, progress), today, progress)
        if not more.entries:
            answer.more = True
            break
        _join(answer, more)
        pages += 1
    return answer


def _goes_on(feed: Feed, answer: Answer, seen: Collection[Version]) -> bool:
    """Say whether what follows may be new: nothing of what has come was there the last time."""
    if feed.state.fetched is None or not answer.whole:
        return False
    answer.reached = any((each.paper.arxiv_id, each.paper.version) in seen for each in answer.records)
    return not answer.reached and 0 < answer.entries < (answer.head.total or 0) - answer.head.start


def _join(answer: Answer, more: Answer) -> None:
    """Take a further page to what has come; what moved on to it meanwhile is there already."""
    here = {each.paper.arxiv_id for each in answer.records}
    again = [each for each in more.records if each.paper.arxiv_id in here]
    answer.records += [each for each in more.records if each.paper.arxiv_id not in here]
    answer.problems += more.problems
    answer.entries += more.entries - len(again)
    answer.whole = more.whole
    if answer.announced is not None and more.announced is not None:
        answer.announced += more.announced - len(again)


def ask(feed: Feed, manners: Manners, progress: Progress) -> Fetched | None:
    """Return what a feed holds now, or None when nothing has changed. Of a file there is only its stamp.

    Raises FeedError, Cancelled.
    """
    from readinglist.feeds.fetch import Fetched

    state = feed.state
    if (path := feed.address.path) is not None:
        try:
            stat = path.stat()
        except OSError as error:
            raise FeedError("no_file", name=path.name) from error
        stamp = f"{stat.st_mtime_ns}-{stat.st_size}"
        return None if state.etag == stamp else Fetched(b"", etag=stamp)
    if feed.address.url is None:
        raise FeedError("address")
    return _asked(feed.address.url, feed.address.host, manners, progress, etag=state.etag, modified=state.modified)


@overload
def _asked(url: str, host: str, manners: Manners, progress: Progress) -> Fetched: ...
@overload
def _asked(
    url: str, host: str, manners: Manners, progress: Progress, *, etag: str | None, modified: str | None
) -> Fetched | None: ...
def _asked(
    url: str,
    host: str,
    manners: Manners,
    progress: Progress,
    *,
    etag: str | None = None,
    modified: str | None = None,
) -> Fetched | None:
    """Return what is at an address, once its server may be asked."""
    from readinglist.feeds.fetch import fetch  # opens connections, and takes a while to import

    def check() -> None:
        progress.step(0, None)

    manners.wait(host, check)
    return fetch(url, etag=etag, modified=modified, check=check)


def read_answer(feed: Feed, fetched: Fetched, today: date, progress: Progress) -> Answer:
    """Return what an answer holds. Raises FeedError when that is no list of papers, or Cancelled."""
    from readinglist.formats.apart import read_apart
    from readinglist.formats.feed_head import FeedHead

    path = feed.address.path
    source = Source(feed.name, path=path) if path else Source(feed.name, data=fetched.data)
    answer = Answer(FeedHead(), fetched)

    def keep(head: FeedHead) -> None:
        answer.head = head

    items = read_apart(
        source,
        among=None if feed.address.kind is Kind.FILE else _FORMATS,
        today=today,
        limits=LIMITS,
        memory_bytes=_MEMORY_BYTES,
        check=lambda: progress.step(0, None),
        tell_head=keep,
    )
    try:
        with closing(items):
            for item in items:
                if len(answer.records) + len(answer.problems) >= _MOST_ENTRIES:
                    told = phrase("there are more than {most:,} entries; the rest was left out", most=_MOST_ENTRIES)
                    answer.problems.append(Problem("notice", source.name, None, told))
                    break
                if isinstance(item, Record):
                    answer.records.append(item)
                else:
                    answer.problems.append(item)
    except ReadingListError as error:
        if named := _named(answer.head.alternates, feed.address.url):
            raise FeedError("page", address=named) from error
        what = error.what if isinstance(error, BadSource) else error.message
        raise FeedError("unreadable", reason=what) from error
    broken = [problem for problem in answer.problems if problem.kind == "failed"]
    if broken and not answer.records:
        raise FeedError("unreadable", reason=broken[0].message)
    if not answer.records:
        answer.problems = []  # a list without papers is no problem: arXiv's at the weekend
    answer.entries = len(answer.records) + len(broken)
    answer.announced = expected(answer.head.total, answer.head.per_page, answer.head.start)
    answer.whole = answer.head.whole and not fetched.cut_off
    if not answer.whole:
        del answer.records[-1:]  # all of it comes the next time
    return answer


def _named(alternates: Iterable[str], url: str | None) -> str | None:
    """Return the first address that a web page at `url` gives for its feed, as it may be shown."""
    for written in alternates:
        with suppress(ReadingListError, ValueError):
            return shown(normal_url(urljoin(url or "", written)))
    return None


def is_replacement(paper: Paper, since: str | None) -> bool:
    """Say whether a record is a later version of a paper that had been announced before this reader came to it.

    arXiv's lists say so. A query shows what was changed last: a later version of what was submitted before the day
    `since` is one, but for the first time (None), when it shows what there is.
    """
    if paper.extra.get("announce_type") in _REPLACEMENTS:
        return True
    later = paper.source == "arxiv" and paper.version not in (None, "v1")
    return later and since is not None and paper.published is not None and paper.published < since


def day_of(paper: Paper, today: date, *, first: bool) -> str:
    """Return the day of the list for a paper that brings none: when it was found, and at first when it came out."""
    day = paper.published or ""
    return day if first and len(day) == len("2026-03-11") else today.isoformat()


def day_of_entry(paper: Paper) -> str | None:
    """Return the day on which a feed had something new: a later version says nothing of that by when it came out."""
    later = paper.source == "arxiv" and paper.version not in (None, "v1")
    return paper.listed or (None if later else paper.published)
