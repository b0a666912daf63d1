"""The reader's choices, in one TOML file that people can read and edit. Knows nothing of Qt.

Nothing is lost here: comments, order and keys that this version does not know stay when a choice is written. A value
that makes no sense is taken as not set. A file that is no TOML is put aside before anything is written.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.paths import replace_file
from readinglist.phrase import phrase

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
LATERS = ("tomorrow", "week", "month", "none")
FEED_HOURS = {"never": 0, "1h": 1, "3h": 3, "6h": 6, "12h": 12, "24h": 24}
"""How often feeds are refreshed while the window is open, in hours; 0: only when the reader asks."""
SIMILARS = ("words", "meaning")
RANGES = {"text_size": (11, 25), "reader_text_size": (11, 40)}
"""The least and the most of each number."""

_LARGEST_FILE_BYTES = 1_000_000
_NEW_FILE = """\
# Reading List: how the window looks and which keys it listens to.
# An open window hears of changes at once. What is left out here, or makes no sense, has its usual value.

# "system", "light" or "dark"
theme = "system"

# The name of a font; "" is the program's own. The second one is for abstracts and notes.
font = ""
reader_font = ""

# In pixels: of a title in the list, with which everything grows, and of an abstract.
text_size = 14
reader_text_size = 17

# Rows of the list: "comfortable" or "compact"
density = "comfortable"

# When papers that are put off with "Later" come back: "tomorrow", "week", "month" or "none". The last choice is kept.
later = "week"

# How often an open window refreshes the feeds: "never" (only when you ask for it), "1h", "3h", "6h", "12h" or "24h".
# Nothing else uses the network.
refresh_feeds = "never"

# By what papers are similar: "words", or "meaning" (their words and what they mean). The second needs the extra
# readinglist[vectors] to be installed, and makes vectors of all papers once; it never uses the network.
similar_by = "words"

# The folder of backups, in which each library has one of its own; "" is the folder "backups" of the library.
backup_folder = ""

# Keys that differ from the usual ones, by the name of the action: Star = "Ctrl+S", Search = ["Ctrl+F", "/"], Quit = [].
# Several keys in a row have commas between: GoInbox = "G, I". The window's settings list all actions.
[keys]
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; change with `replace`.

    `theme` is one of `THEMES`, `density` (of the list) one of `DENSITIES`. `font` and `reader_font` are names of
    fonts, "" the program's own. Sizes are in pixels. `later` (one of `LATERS`) is when papers that are put off come
    back unless the reader says otherwise. `backup_folder` "" is the library's own. `refresh_feeds` is
    one of `FEED_HOURS`, `similar_by` one of `SIMILARS`. `keys` go from the name of an action ("Star") to its keys as
    Qt writes them, () for none.
    """

    theme: str = "system"
    font: str = ""
    reader_font: str = ""
    text_size: int = 14
    reader_text_size: int = 17
    density: str = "comfortable"
    later: str = "week"
    backup_folder: str = ""
    refresh_feeds: str = "never"
    similar_by: str = "words"
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file: the settings, and a sentence for each thing that is wrong with it.

    `broken`: it is no TOML, and the settings are the usual ones.
    """

    settings: Settings
    problems: Sequence[str] = ()
    broken: bool = False


_CHOICES = {
    "theme": THEMES,
    "density": DENSITIES,
    "later": LATERS,
    "refresh_feeds": tuple(FEED_HOURS),
    "similar_by": SIMILARS,
}
_NAMES = tuple(f.name for f in fields(Settings))


def read_settings(file: Path) -> Reading:
    """Return what is in `file`; the usual settings where there is none. Never raises and never writes."""
    try:
        text = _read(file)
        if text is None:
            return Reading(Settings())
        values = tomllib.loads(text)
    except OSError as error:
        return Reading(
            Settings(), (phrase("The settings in {file} cannot be read: {reason}.", file=file, reason=error),)
        )
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        return Reading(
            Settings(),
            (phrase("The settings in {file} cannot be understood: {error}.", file=file, error=error),),
            broken=True,
        )
    known: dict[str, Any] = {}
    problems = []
    for name in _NAMES:
        if name not in values:
            continue
        value = _sensible(name, values[name])
        if value is None:
            value_shown = f"{values[name]!r:.80}"
            problems.append(
                phrase(
                    "{name} in {file} makes no sense and is left out: {value}.",
                    name=name,
                    file=file.name,
                    value=value_shown,
                )
            )
        else:
            known[name] = value
    return Reading(Settings(**known), tuple(problems))


def write_settings(before: Settings, after: Settings, file: Path) -> Path | None:
    """Write what differs between the two into `file`, all or nothing, and leave the rest of it as it is.

    A file that is no TOML is put aside first; return where to, or None. Raises ReadingListError.
    """
    aside = set_aside(file) if read_settings(file).broken else None
    import tomlkit  # takes longer to import than the rest of this module

    # A settings file that is a link into a folder of dotfiles stays one.
    target = file.resolve()
    document: Any = tomlkit.parse(_readable(target) or _NEW_FILE)
    for name in _NAMES:
        value = getattr(after, name)
        if value == getattr(before, name):
            continue
        if name != "keys":
            document[name] = value
            continue
        if not isinstance(document.get("keys"), dict):
            document["keys"] = tomlkit.table()
        table = document["keys"]
        for action in {*before.keys, *after.keys}:
            keys = after.keys.get(action)
            if keys is None:
                table.pop(action, None)
            elif keys != before.keys.get(action):
                table[action] = keys[0] if len(keys) == 1 else list(keys)
    try:
        replace_file(target, tomlkit.dumps(document).encode("utf-8", "replace"))
    except OSError as error:
        raise ReadingListError(
            phrase("The settings cannot be saved in {file}: {reason}.", file=file, reason=error)
        ) from error
    return aside


def set_aside(file: Path) -> Path | None:
    """Rename a broken file, so that it is kept when another is written. Return its new name; None if it stays."""
    number = 1
    while (kept := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    try:
        file.rename(kept)
    except OSError as error:
        log.warning("the settings in %s are damaged and cannot be put aside: %s", file, error)
        return None
    return kept


def _read(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(data) > _LARGEST_FILE_BYTES:
        raise ValueError("it is too long")
    return data.decode("utf-8-sig")


def _readable(file: Path) -> str | None:
    try:
        return _read(file)
    except (OSError, ValueError) as error:
        raise ReadingListError(
            phrase("The settings in {file} cannot be read and are left alone: {error}.", file=file, error=error)
        ) from error


def _sensible(name: str, value: Any) -> Any:
    """Return the value as its field has it, or None."""
    if name in _CHOICES:
        return value if value in _CHOICES[name] else None
    if name in RANGES:
        low, high = RANGES[name]
        return value if type(value) is int and low <= value <= high else None
    if name == "keys":
        return _keys(value)
    return value if isinstance(value, str) else None


def _keys(value: Any) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(value, dict):
        return None
    keys = {}
    for action, written in value.items():
        several = written if isinstance(written, list) else [written] if written else []
        if not all(isinstance(key, str) for key in several):
            return None
        keys[action] = tuple(several)
    return keys
