"""Tell what an edit did, and see to the index behind it. Knows nothing of the single commands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from readinglist.cli.data import edited_as_json, print_json
from readinglist.cli.progress import watched
from readinglist.cli.terminal import counted, say
from readinglist.progress import Cancelled
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.library import Edited, Library

DRAIN_ABOVE = 100
"""Papers that may wait for the index: a search answers up to 500 of them itself, but not for nothing."""

_NAMED = 12


def tell_edit(library: Library, edited: Edited, as_json: bool) -> None:
    """Print what an edit did; see to the index when many papers wait for it."""
    if as_json:
        print_json(edited_as_json(edited))
    elif edited.entry is None:
        say(f"{clean_line(edited.label)}: nothing to change.")
    elif not edited.edited:  # it concerned the library as a whole: a saved search, the colour of a tag
        say(f"{clean_line(edited.label)}: done.")
    else:
        say(f"{clean_line(edited.label)}: {counted(edited.edited, 'paper')}{_numbers(edited.ids)}.")
    if edited.edited > DRAIN_ABOVE:
        bring_up_to_date(library)


def bring_up_to_date(library: Library) -> None:
    """Take what waits into the index; Ctrl+C leaves the rest for later."""
    with watched("Bringing the index up to date") as progress, suppress(Cancelled):
        library.update_index(progress)


def _numbers(ids: Sequence[int]) -> str:
    if not ids:
        return ""
    return f" ({', '.join(map(str, ids[:_NAMED]))}{', …' if len(ids) > _NAMED else ''})"
