"""Refresh feeds: fetch what is new, take it in, remember how it went. The only way to a connection, when asked for.

A feed is an import of its own, with an entry of the history; what is known of it (`FeedState`) is written afterwards.
Who dies in between asks again the next time, and finds its papers here. One process at a time refreshes the feeds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.library.feeding import Feeding
from readinglist.library.taking_in import BATCH
from readinglist.phrase import phrase
from readinglist.progress import Cancelled, Progress, Silent
from readinglist.store import feeds as store
from readinglist.store.lock import FolderLock

if TYPE_CHECKING:
    from readinglist.feeds.manners import Manners
    from readinglist.feeds.values import Feed, FeedError, FeedState
    from readinglist.formats.item import Item
    from readinglist.library.answers import Answer, Version
    from readinglist.library.feed_reports import Outcome, Refreshed
    from readinglist.library.gathering import Gathering
    from readinglist.library.reports import ImportReport

log = logging.getLogger(__name__)

LOCK = "feeds.lock"
_FEWEST_ALL_NEW = 10
_LATE_DAYS = 7
"""arXiv's query may show a paper some days after it was submitted, and later versions soon after."""


class Refreshing(Feeding):
    """Fetching."""

    def feeds_due(self, every: timedelta) -> list[int]:
        """Return the feeds that were not asked for so long, by number."""
        before = _text(self._clock() - every)
        return [feed.number for feed in self.feeds() if (feed.state.checked or "") <= before]

    def refresh_feeds(self, numbers: Iterable[int] | None = None, progress: Progress | None = None) -> Refreshed:
        """Ask feeds (None: all) for what is new and take it in; the only thing that uses the network.

        What is wrong with one feed is told in its outcome and stops no other. Raises ReadingListError for a number that
        no feed has, LibraryBusy while another process refreshes, LibraryReadOnly.
        """
        from readinglist.feeds.address import page_after
        from readinglist.library.feed_reports import Outcome, Refreshed
        from readinglist.library.gathering import Gathering

        progress = progress or Silent()
        started = time.perf_counter()
        self._store.refuse_read_only()
        feeds = self.feeds() if numbers is None else [self.feed(number) for number in dict.fromkeys(numbers)]
        outcomes: list[Outcome] = []
        with self._refreshing_alone():
            waiting = {feed.number for feed in feeds if self._asked_to_wait(feed)}
            asked = [feed for feed in feeds if feed.number not in waiting]
            seen = {feed.number: self._seen_by(feed) for feed in asked if page_after(feed.address, 0)}
            try:
                with Gathering(asked, seen, self._manners(), self.today()) as gathering:
                    for done, feed in enumerate(feeds):
                        step = _Step(progress, done, len(feeds), feed.name)
                        step.step(0, None)
                        if feed.number in waiting:
                            outcomes.append(Outcome(feed, "waiting"))
                        else:
                            outcomes.append(self._refresh(feed, gathering, step))
            except Cancelled:
                return Refreshed(outcomes, round(time.perf_counter() - started, 3), stopped=True)
        return Refreshed(outcomes, round(time.perf_counter() - started, 3))

    def _refreshing_alone(self) -> FolderLock:
        try:
            return FolderLock(self.folder / LOCK, alone=True)
        except LibraryBusy as error:
            raise LibraryBusy("Another window or program is refreshing the feeds of this library.") from error
        except OSError as error:
            raise ReadingListError(
                phrase("The feeds cannot be refreshed: {reason}.", reason=error.strerror or error)
            ) from error

    def _manners(self) -> Manners:
        """Return manners that know of what another run has asked arXiv a moment ago."""
        from readinglist.feeds.address import Kind
        from readinglist.feeds.manners import ARXIV_SECONDS, Manners

        manners = Manners()
        now = self._clock()
        for feed in self.feeds():
            if feed.address.kind is Kind.ARXIV and (checked := _time(feed.state.checked)):
                ago = (now - checked).total_seconds()
                if 0 <= ago < ARXIV_SECONDS + 1:  # times are kept to the second
                    manners.asked(feed.address.host, seconds_ago=max(ago - 1, 0))
        return manners

    def _asked_to_wait(self, feed: Feed) -> bool:
        wait = _time(feed.state.wait_until)
        return wait is not None and wait > self._clock()

    def _seen_by(self, feed: Feed) -> frozenset[Version]:
        """Return the papers that a feed has told of lately, as they are here."""
        return frozenset(store.announced_versions(self._store.reader(), feed.number))

    def _refresh(self, feed: Feed, gathering: Gathering, progress: Progress) -> Outcome:
        from readinglist.feeds.values import FeedError

        try:
            answer = gathering.next(progress)
        except FeedError as error:
            log.warning("feed %s could not be refreshed: %s", feed.number, error.code)
            return self._keep(feed, _failed(feed.state, error, self._clock()), "failed")
        if answer is None:
            return self._keep(feed, _answered(feed.state, self._now(), new=0), "unchanged")
        return self._take_answer(feed, answer, progress)

    def _take_answer(self, feed: Feed, answer: Answer, progress: Progress) -> Outcome:
        from readinglist.feeds.rhythm import with_days
        from readinglist.library.answers import day_of, day_of_entry, is_replacement
        from readinglist.library.plan import Plan

        state, today, fetched = feed.state, self.today(), answer.fetched
        last = _time(state.fetched)
        since = None if last is None else (last.date() - timedelta(days=_LATE_DAYS)).isoformat()
        plan = Plan(
            None,
            frozenset(),
            source=feed.name,
            only_known=lambda paper: is_replacement(paper, since),
            listed=lambda paper: day_of(paper, today, first=last is None),
            tells_of_trash=False,
        )
        items: list[Item] = [*answer.problems, *answer.records]
        batches = (items[start : start + BATCH] for start in range(0, len(items), BATCH))
        report = self._take_in(f"Feed {feed.name}", batches, plan, progress=progress)
        days = [day_of_entry(record.paper) for record in answer.records]
        now = self._now()
        after = replace(
            _answered(state, now, new=report.added),
            title=answer.head.title or state.title,
            etag=fetched.etag if answer.whole else None,
            modified=fetched.modified if answer.whole else None,
            returned=answer.entries,
            announced=answer.announced,
            newest=now if report.added else state.newest,
            cut_off=not answer.whole,
            all_new=last is not None and _misses_some(feed, answer, report.added, plan.left_out),
            moved_to=fetched.moved_to,
            days=with_days(state.days, days if any(days) else [today.isoformat()] * bool(report.added), today),
        )
        outcome = self._keep(feed, after, "new" if report.import_id is not None else "unchanged", report, plan.met)
        added = {n: day for day, ids in outcome.days for n in ids if n in report.ids}
        by_day = [(day, [n for n in report.ids if added.get(n) == day]) for day in sorted(set(added.values()))[::-1]]
        return replace(outcome, left_out=plan.left_out, days=by_day, revised=plan.revised)

    def _keep(
        self,
        feed: Feed,
        state: FeedState,
        what: str,
        report: ImportReport | None = None,
        met: dict[int, str | None] | None = None,
    ) -> Outcome:
        """Keep how a refresh went and which papers it told of."""
        from readinglist.library.feed_reports import Outcome

        today = self._today()
        days: dict[str, list[int]] = {}
        with self._store.writing() as connection:
            store.set_state(connection, feed.number, state.as_text())
            told = {number: day or today for number, day in (met or {}).items()}
            if report and report.ids:
                new = store.days_of(connection, report.ids[0], report.ids[-1])
                told |= {number: day or today for number, day in new.items()}
            for number, day in told.items():
                days.setdefault(day, []).append(number)
            store.announce(connection, feed.number, told.items())
        return Outcome(replace(feed, state=state), what, report, days=list(days.items()))


class _Step:
    """The progress of one feed among several: its own steps only look whether to stop."""

    def __init__(self, progress: Progress, done: int, total: int, name: str) -> None:
        self._progress, self._done, self._total, self._name = progress, done, total, name

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Tell which feed it is at."""
        self._progress.step(self._done, self._total, self._name)


def _misses_some(feed: Feed, answer: Answer, added: int, left_out: int) -> bool:
    """Say whether there may have been more that is new, behind what a feed gave, which it had not told of before."""
    from readinglist.feeds.address import page_after

    if page_after(feed.address, 0):
        return answer.more
    return not feed.address.is_arxiv_list and added == answer.entries - left_out >= _FEWEST_ALL_NEW


def _answered(state: FeedState, now: str, *, new: int) -> FeedState:
    """Return the state of a feed that has answered."""
    return replace(
        state, checked=now, fetched=now, wait_until=None, failing_since=None, wrong=None, wrong_values={}, new=new
    )


def _failed(state: FeedState, error: FeedError, now: datetime) -> FeedState:
    """Return the state of a feed that could not be fetched."""
    wait = None if error.wait_seconds is None else _text(now + timedelta(seconds=error.wait_seconds))
    return replace(
        state,
        checked=_text(now),
        wait_until=wait,
        failing_since=state.failing_since or _text(now),
        wrong=error.code,
        wrong_values=dict(error.values),
        new=0,
    )


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _text(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
