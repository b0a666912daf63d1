"""What stands in a row of the list, as text. Draws nothing and asks no library.

>>> age("2026-03-11T08:00:00Z", date(2026, 3, 11))
'today'
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from readinglist.paper import Paper, Status
from readinglist.text.mathematics import as_text
from readinglist.text.names import family_name
from readinglist.ui.days import day_in_words
from readinglist.ui.views import shown_status, status_title

translate = QCoreApplication.translate

_NAMES_SHOWN = 4
_DAYS_NEW = 1


def today() -> date:
    """Return the local day."""
    return datetime.now().astimezone().date()


def local_day(time: str) -> date | None:
    """Return the local day of an RFC 3339 time, or None when it is none."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone().date()


def age(time: str, today: date) -> str:
    """Return how long ago a time was, in a word: today, yesterday, Thu, Nov 12, Nov 12, 2024."""
    day = local_day(time)
    return day_text(day, today) if day is not None else ""


def day_text(day: date, today: date) -> str:
    """Return a day as one says it from today."""
    ago = (today - day).days
    if ago == 0:
        return translate("Row", "today")
    if ago == 1:
        return translate("Row", "yesterday")
    if ago == -1:
        return translate("Row", "tomorrow")
    if 1 < ago < 7:
        return QLocale().toString(QDate(day.year, day.month, day.day), "ddd")
    return day_in_words(day, year=day.year != today.year)


def iso_day_text(text: str | None, today: date) -> str:
    """Return an ISO date ("2026-03-11", "2026-03", "2026") as one says it, or as it stands."""
    if not text:
        return ""
    try:
        return day_text(date.fromisoformat(text), today)
    except ValueError:
        return text


def is_new(paper: Paper, today: date) -> bool:
    """Say whether a paper came today or yesterday and has not been dealt with."""
    day = local_day(paper.added)
    return (
        day is not None
        and (today - day).days <= _DAYS_NEW
        and paper.trashed is None
        and paper.status not in (Status.READ, Status.ARCHIVED)
    )


def authors_line(paper: Paper) -> str:
    """Return the family names of the first authors: "Okafor, Lindqvist, Tran, Abe +2"."""
    names = [author.family or family_name(author.name) for author in paper.authors[:_NAMES_SHOWN]]
    more = len(paper.authors) - len(names)
    return ", ".join(names) + (f" +{more}" if more > 0 else "")


def meta_line(paper: Paper, today: date) -> str:
    """Return the second line of a row: authors, venue and year, or what else is known of its origin."""
    year = str(paper.year) if paper.year else (paper.published or "")[:4]
    where = " ".join(part for part in (paper.venue or "", year) if part)
    parts = [part for part in (authors_line(paper), where) if part]
    if len(parts) < 2 and paper.listed:
        listed = translate("Row", "listed {day}").format(day=iso_day_text(paper.listed, today))
        parts.append(listed)
    if len(parts) < 2 and paper.submitted_by:
        parts.append(translate("Row", "submitted by {name}").format(name=paper.submitted_by))
    return " · ".join(parts) or translate("Row", "no authors known")


def corner_text(paper: Paper, today: date, *, status_known: bool) -> str:
    """Return what stands at the end of the last line.

    Where the list holds papers of every status, its status; in Later the day it comes back, in the Inbox the day it
    has come back; else its upvotes.
    """
    status = shown_status(paper, today.isoformat())
    if status is Status.INBOX and paper.status is Status.LATER:
        back = translate("Row", "back {day}").format(day=iso_day_text(paper.until, today))
        return back if status_known else f"{status_title(status)}, {back}"
    if status is Status.LATER and paper.until:
        return translate("Row", "until {day}").format(day=iso_day_text(paper.until, today))
    if not status_known and paper.trashed is None:
        return status_title(status)
    if paper.upvotes:
        return translate("Row", "{number} ▲").format(number=paper.upvotes)
    return ""


def spoken(paper: Paper, today: date) -> str:
    """Return a row as a screen reader says it: everything the eye is given, by word."""
    status = status_title(shown_status(paper, today.isoformat()))
    parts = [as_text(paper.title), meta_line(paper, today), translate("Row", "in {list}").format(list=status)]
    if paper.status is Status.LATER and paper.until:
        came = paper.until <= today.isoformat()
        words = translate("Row", "came back {day}") if came else translate("Row", "until {day}")
        parts.append(words.format(day=iso_day_text(paper.until, today)))
    if is_new(paper, today):
        parts.append(translate("Row", "new"))
    if paper.starred:
        parts.append(translate("Row", "starred"))
    if paper.tags:
        parts.append(translate("Row", "tags: {tags}").format(tags=", ".join(sorted(paper.tags, key=str.casefold))))
    if paper.note:
        parts.append(translate("Row", "with a note"))
    parts.append(translate("Row", "added {day}").format(day=age(paper.added, today)))
    return ". ".join(parts)
