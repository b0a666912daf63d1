"""What there is to say of feeds, in the reader's language. Knows no widget and no library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from readinglist.settings import FEED_HOURS
from readinglist.ui.row_text import iso_day_text, today
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import Feed, Refreshed, Revision

translate = QCoreApplication.translate


def when(moment: str | None) -> str:
    """Return a time (RFC 3339) in the reader's own time and way of writing it, "" for none."""
    if not moment:
        return ""
    local = QDateTime.fromString(moment, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def state(feed: Feed, notices: Sequence[str]) -> str:
    """Return in a word or two how a feed is."""
    if feed.state.checked is None:
        return translate("Feeds", "Not asked yet")
    if feed.state.error:
        return translate("Feeds", "Has failed")
    if notices:
        return translate("Feeds", "Worth a look")
    return translate("Feeds", "All well")


def details(feed: Feed, notices: Sequence[str]) -> str:
    """Return all there is to say of a feed, a line each: what is wrong, since when, what to know."""
    lines = []
    if feed.state.error:
        lines.append(_sentence(told(feed.state.error)))
        if feed.state.failing_since:
            lines.append(translate("Feeds", "It has failed since {time}.").format(time=when(feed.state.failing_since)))
    if feed.state.wait_until:
        words = translate("Feeds", "It asked to be left alone until {time}.")
        lines.append(words.format(time=when(feed.state.wait_until)))
    lines += map(told, notices)
    return "\n".join(lines)


def changed(revision: Revision) -> str:
    """Return what changed in a paper: "v1 to v2: title, abstract"."""
    names = {
        "title": translate("Feeds", "title"),
        "abstract": translate("Feeds", "abstract"),
        "authors": translate("Feeds", "authors"),
    }
    what = ", ".join(names[name] for name in revision.fields)
    versions = ""
    if _is_short(revision.before) and _is_short(revision.after):
        words = translate("Feeds", "{before} to {after}")
        versions = words.format(before=revision.before, after=revision.after)
    return ": ".join(filter(None, (versions, what)))


def day(iso: str) -> str:
    """Return the day of a list."""
    return iso_day_text(iso, today())


def came(done: Refreshed) -> str:
    """Return what a refresh brought: "12 new papers · 1 changed since you read it · 2 feeds have failed"."""
    parts = []
    if done.added:
        parts.append(translate("Feeds", "%Ln new papers", "", done.added))
    updated = sum(each.report.updated for each in done.outcomes if each.report)
    if updated:
        parts.append(translate("Feeds", "%Ln papers updated", "", updated))
    if revised := len(done.revised):
        parts.append(translate("Feeds", "%Ln changed since you read them", "", revised))
    if len(done.failed) == 1:
        (failed,) = done.failed
        words = translate("Feeds", "{name}: {error}")
        parts.append(words.format(name=failed.feed.name, error=told(failed.feed.state.error or "")))
    elif done.failed:
        parts.append(translate("Feeds", "%Ln feeds have failed", "", len(done.failed)))
    if not done.added and not updated and not done.failed:
        parts.append(translate("Feeds", "Nothing new in the feeds"))
    if done.stopped:
        parts.append(translate("Feeds", "stopped"))
    return " · ".join(parts)


def refresh_choices() -> list[str]:
    """Return what the choices of `settings.FEED_HOURS` are called, in their order."""
    return [
        translate("Feeds", "Only when I ask"),
        translate("Feeds", "Every hour"),
        *(translate("Feeds", "Every %Ln hours", "", hours) for hours in list(FEED_HOURS.values())[2:-1]),
        translate("Feeds", "Once a day"),
    ]


def _is_short(version: str | None) -> bool:
    return version is not None and len(version) <= 6  # "v12", and not the time of an update


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
