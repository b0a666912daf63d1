"""What is worth pointing out about a feed: gone quiet, came short, moved away. Pure; knows no clock.

A feed is quiet when it has been silent for longer than twice its usual pause. Its usual pause is what nine of ten
pauses between days with entries were not longer than, so that the weekends of a daily list and one long holiday
do not count: arXiv's lists pause for a day or three, and are quiet after a week without any.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from readinglist.feeds.values import Feed, FeedState
from readinglist.phrase import phrase

KEPT_DAYS = 40
_FEWEST_DAYS = 5
_FEWEST_QUIET_DAYS = 3
_WEEKEND = 5


def usual_pause(days: Iterable[str]) -> int | None:
    """Return how many days lie between the entries of a feed, usually at most; None while too few are known.

    >>> usual_pause(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"])
    3
    """
    known = sorted(set(map(date.fromisoformat, days)))
    if len(known) < _FEWEST_DAYS:
        return None
    pauses = sorted((after - before).days for before, after in pairwise(known))
    return pauses[min(len(pauses) * 9 // 10, len(pauses) - 1)]


def quiet_since(state: FeedState, today: date) -> str | None:
    """Return the day of the last entry when that is unusually long ago, else None."""
    pause = usual_pause(state.days)
    if pause is None:
        return None
    last = max(state.days)
    silent = max(2 * pause, _FEWEST_QUIET_DAYS)
    return last if today - date.fromisoformat(last) > timedelta(days=silent) else None


def missed_lists(state: FeedState) -> int:
    """Return how many working days lie between the last two lists of arXiv, each of which stays for its day."""
    if len(state.days) < 2:
        return 0
    before, last = map(date.fromisoformat, state.days[-2:])
    between = (before + timedelta(days=n) for n in range(1, (last - before).days))
    return sum(day.weekday() < _WEEKEND for day in between)


def is_short(state: FeedState) -> bool:
    """Say whether the last fetch brought fewer entries than the feed announced."""
    return state.announced is not None and state.returned is not None and state.returned < state.announced


def expected(total: int | None, per_page: int | None, start: int) -> int | None:
    """Return how many entries a page should have that announces `total` in all; None when it does not say."""
    if total is None:
        return None
    left = max(total - start, 0)
    return left if per_page is None else min(left, per_page)


def with_days(known: Iterable[str], found: Iterable[str | None], today: date) -> tuple[str, ...]:
    """Return the newest days of entries, oldest first; what is no day, and what is yet to come, is left out."""
    days = set(known)
    for text in found:
        try:
            day = date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
        if day <= today + timedelta(days=1):  # somewhere it is tomorrow already
            days.add(day.isoformat())
    return tuple(sorted(days)[-KEPT_DAYS:])


def noticed(feed: Feed, today: date) -> list[str]:
    """Return what the reader should know of a feed, a sentence each; an error of the last try is not among it."""
    state = feed.state
    found: list[str] = []
    if state.wrong is None and (last := quiet_since(state, today)):
        pause = usual_pause(state.days) or 1
        found.append(
            phrase("Quiet since {last}; it usually has something new within a day.", last=last)
            if pause == 1
            else phrase("Quiet since {last}; it usually has something new within {n} days.", last=last, n=pause)
        )
    if feed.address.is_arxiv_list and (missed := missed_lists(state)):
        found.append(
            phrase(
                "{n:,} of its lists may have been missed before {day}: each holds one day only. Refresh it every day.",
                n=missed,
                day=state.days[-1],
            )
        )
    if state.cut_off:
        found.append(phrase("The last answer was cut off; what came after is missing."))
    elif is_short(state):
        found.append(
            phrase("It announced {announced:,} papers and gave {n:,}.", announced=state.announced, n=state.returned)
        )
    if state.all_new:
        found.append(
            phrase(
                "All of the {n:,} papers it gave were new, so there may have been more. Refresh it more often.",
                n=state.returned,
            )
        )
    if state.moved_to:
        found.append(phrase("It has moved to {address}.", address=state.moved_to))
    return found
