"""How the reader likes the window: read from and written to one TOML file. Knows nothing of Qt.

A file of a newer version loses nothing here: keys that are not known are kept. A value that makes no sense is
taken as not set. A file that cannot be read as TOML is put aside, and the settings start afresh.
"""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.paths import replace_file

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
LATERS = ("tomorrow", "week", "month", "none")

_LARGEST_FILE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered between two runs of the window; change with `replace`.

    `theme` is one of `THEMES`, `density` (of the list) one of `DENSITIES`. `splitter_px` are the widths of
    sidebar, list and reader; () until the reader has moved them. `window` is Qt's saved geometry in base64,
    "" at first. `view` is the list that was open ("inbox", "tag:nlp"). `keys` are the keys the reader has
    changed, by name of the action. `later` (one of `LATERS`) is when papers that are put off come back unless the
    reader says otherwise. `other` holds keys that this version does not know.
    """

    theme: str = "system"
    list_font_px: int = 14
    reader_font_px: int = 17
    density: str = "comfortable"
    splitter_px: tuple[int, ...] = ()
    sidebar_open: bool = True
    window: str = ""
    view: str = "inbox"
    keys: Mapping[str, str] = field(default_factory=dict)
    later: str = "week"
    other: Mapping[str, Any] = field(default_factory=dict)


_CHOICES = {"theme": THEMES, "density": DENSITIES, "later": LATERS}
_RANGES = {"list_font_px": (9, 48), "reader_font_px": (9, 72)}
_KNOWN = {f.name for f in fields(Settings)} - {"other"}


def read_settings(file: Path) -> Settings:
    """Return the settings in `file`; the defaults where there is none or it cannot be read (logged)."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        log.warning("the settings in %s cannot be read, going on with the defaults: %s", file, error)
        return Settings()
    if len(data) > _LARGEST_FILE_BYTES:
        _put_aside(file, "too long")
        return Settings()
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        _put_aside(file, str(error))
        return Settings()
    known: dict[str, Any] = {}
    for name in _KNOWN & values.keys():
        value = _sensible(name, values[name])
        if value is None:
            log.warning("%s in %s makes no sense, left out: %r", name, file, values[name])
        else:
            known[name] = value
    return Settings(**known, other={name: value for name, value in values.items() if name not in _KNOWN})


def write_settings(settings: Settings, file: Path) -> None:
    """Write the settings: all of them or, when that fails, nothing. Raises ReadingListError."""
    values = {name: getattr(settings, name) for name in (f.name for f in fields(settings)) if name in _KNOWN}
    lines = [f"{_toml(name)} = {_toml(value)}\n" for name, value in {**values, **settings.other}.items()]
    try:
        replace_file(file, "".join(lines).encode("utf-8", "replace"))
    except OSError as error:
        raise ReadingListError(f"The settings cannot be saved in {file}: {error.strerror}.") from error


def _sensible(name: str, value: Any) -> Any:
    """Return the value as its field has it, or None."""
    if name in _CHOICES:
        return value if value in _CHOICES[name] else None
    if name in _RANGES:
        low, high = _RANGES[name]
        return value if type(value) is int and low <= value <= high else None
    if name == "splitter_px":
        fits = isinstance(value, list) and all(type(width) is int and 0 <= width < 100_000 for width in value)
        return tuple(value) if fits else None
    if name == "keys":
        fits = isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
        return value if fits else None
    return value if type(value) is type(getattr(Settings(), name)) else None


def _put_aside(file: Path, reason: str) -> None:
    number = 1
    while (kept := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    try:
        file.rename(kept)
    except OSError as why:
        log.error("the settings in %s are damaged (%s) and cannot be put aside: %s", file, reason, why)  # noqa: TRY400
    else:
        log.error("the settings were damaged (%s); kept as %s, going on with the defaults", reason, kept)


def _toml(value: Any) -> str:
    """Return a value of `tomllib`'s types (or a tuple) as TOML, tables inline (TOML 1.0).

    >>> _toml({"a b": [1, True, 0.5], "c": "x\\ny"})
    '{"a b" = [1, true, 0.5], "c" = "x\\\\ny"}'
    """
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
    raise TypeError(f"no TOML for {type(value).__name__}")
