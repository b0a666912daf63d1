"""Leave out of the log and of reports what is nobody's business: what a sentence quotes, paths, addresses, names.

The log is on the reader's own disk and keeps paths; but nothing that was read or written by its reader: titles, notes,
queries and tags stand in quotes wherever a message holds them, and an error of a library may quote its input. A report
is for strangers and keeps no paths and addresses either. Knows nothing of what it is told.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

_LONGEST_ERROR = 200
# A quoted path stays: that a file could not be opened says nothing without its name.
_QUOTED = re.compile("“[^”]*(?:”|$)|(?<!\\w)\"(?!/|[A-Za-z]:\\\\)[^\"]*\"|(?<!\\w)'(?!/|[A-Za-z]:\\\\)[^']*'(?!\\w)")
_ALL_QUOTED = re.compile("“[^”]*(?:”|$)|\"[^\"]*\"|'[^']*'")
_FRAME = re.compile(r'File "(?:[^"]*[/\\](?=readinglist[/\\][^"]*\.py")|[^"]*[/\\])?([^"]+)", line')
_ADDRESS = re.compile(
    r"\b[A-Za-z][\w+.-]{0,30}://[^\s“”\"']+|\b(?:arxiv|mailto):[^\s,;]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_HOST = re.compile(
    r"(?<![\w.])(?!readinglist\b)(?:[A-Za-z0-9-]+\.)+(?!py\b|db\b|log\b|toml\b|json\b|lock\b|so\b)[A-Za-z]{2,}\b"
)
_PATH = re.compile(r"(?:[A-Za-z]:)?[/\\](?:[^\s/\\:]+[/\\])*([^\s/\\:,;]*)")
_OURS = re.compile(r"(?:library\.(?:db|lock)(?:-\w+)?|readinglist(?:\.old)?\.log|settings\.toml|window\.json)\.?")


class DiscreetFormatter(logging.Formatter):
    """Formats a line of the log without what it quotes, and of an error its kind, its place and a short message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the line (logging.Formatter)."""
        record.message = without_quotes(record.message)
        return super().formatMessage(record)

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return the places of an error and of those it came of, each with its kind and a short message (logging)."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            said = without_quotes(str(error).partition("\n")[0])[:_LONGEST_ERROR]
            places = traceback.format_tb(error.__traceback__)
            shown = ["Traceback (most recent call last):\n", *places, f"{type(error).__name__}: {said}"]
            lines.insert(0, "".join(shown))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nand then:\n".join(lines)


def without_quotes(text: str) -> str:
    """Return a message without what it quotes, unless that is a path.

    >>> without_quotes("“My diary” cannot be read: invalid literal: 'I met her' in '/tmp/x.md'")
    "“…” cannot be read: invalid literal: “…” in '/tmp/x.md'"
    """
    return _QUOTED.sub("“…”", text)


def without_names(text: str, *, home: Path | None = None, user: str = "", folder: Path | None = None) -> str:
    """Return a line without what it quotes, and without paths, addresses and the name of the user.

    Of the path of a file of this program its name stays; `home` becomes "~", the library's `folder` "[library]".

    >>> without_names("The note of “My diary” is in /home/ada/papers/library.db.", home=Path("/home/ada"))
    'The note of “…” is in ~[path]/library.db.'
    """
    text = _FRAME.sub(_shown_frame, text)
    for place, shown in ((folder, "[library]"), (home, "~")):
        if place is not None and len(str(place)) > 1:
            text = text.replace(str(place), shown)
    text = _ADDRESS.sub("[address]", _ALL_QUOTED.sub("“…”", text))
    text = _PATH.sub(_shown_path, text)
    text = _HOST.sub("[address]", text)
    return re.sub(rf"\b{re.escape(user)}\b", "[user]", text) if user else text


def _shown_frame(found: re.Match[str]) -> str:
    """Return where a line of a traceback stands: of this program the module, of others the name of the file."""
    return "File " + found[1].replace("/", ".").replace("\\", ".") + ", line"


def _shown_path(found: re.Match[str]) -> str:
    if found.group() == "/":
        return "/"
    return f"[path]/{found[1]}" if _OURS.fullmatch(found[1]) else "[path]"
