"""Write for programs: the JSON shapes of the command line. Knows nothing of terminals.

The shape of a paper is `formats.paper_json`'s; those of edits, searches and lists stand here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from readinglist.cli.terminal import say

if TYPE_CHECKING:
    from readinglist.library import Edited, ImportReport, Undone

# What `json` leaves as it is and a terminal would act on: DEL and C1 controls, line separators, bidirectional
# overrides, the byte order mark. In JSON they can only stand inside strings, where an escape means the same.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def print_json(value: object) -> None:
    """Print one JSON value on standard output, readable and safe for a terminal."""
    say(as_text(value))


def as_text(value: object) -> str:
    """Return `value` as JSON text that holds no character a terminal acts on.

    >>> print(as_text({"title": "a\\u202eb"}))
    {
      "title": "a\\u202eb"
    }
    """
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def edited_as_json(edited: Edited | Undone) -> dict[str, Any]:
    """Return what commands that edit print."""
    return {
        "label": edited.label,
        "edited": edited.edited,
        "ids": [int(i) for i in edited.ids],
        "entry": edited.entry,
    }


def report_as_json(report: ImportReport) -> dict[str, Any]:
    """Return what `import` prints."""
    return {
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "problems": [
            {"kind": p.kind, "source": p.source, "line": p.line, "message": p.message} for p in report.problems
        ],
        "import_id": report.import_id,
        "seconds": round(report.seconds, 3),
    }
