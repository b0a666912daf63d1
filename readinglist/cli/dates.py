"""The local day, and times as a person reads them. Knows only the local clock."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """Return the local date."""
    return datetime.now().astimezone().date()


def local_time(moment: str) -> str:
    """Return a time of ours (RFC 3339, UTC) as local date and time to the minute, or as it stands."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment
