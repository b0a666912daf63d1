"""Throw notes at what shows Markdown: the note view of the window and the notes of the HTML page.

    python tests/faults/fuzz_markdown.py COUNT SEED [FOLDER]

Each note is shown in the window's own view, laid out and painted, and written as HTML. A fault is: an exception; more
than a second of computing for either; a link that is followed without a click; HTML that is more than text and links
to the web; a warning of Qt. The pictures, sheets and pages that the notes name are /dev/zero, so that reading one ends
the process. Notes with a fault are written to FOLDER, else to a temporary one. Prints the first and a summary; exit
status 1 if there are any. A note that holds the process up for a minute ends it, with the place.
"""

from __future__ import annotations

import faulthandler
import os
import random
import sys
import tempfile
import time
import traceback
from html.parser import HTMLParser
from pathlib import Path

from readinglist.formats.html_page import note_html
from readinglist.text.identifiers import is_web_address

SLOWEST_SECONDS = 1.0
LONGEST_CHARS = 40_000
HUNG_SECONDS = 60
_HERE = Path(__file__).resolve().parent

PIECES = [
    *("# ", "## ", "- ", "* ", "1. ", "999999999. ", "- [ ] ", "> ", ">", "```", "~~~", "    ", "\t", "`", "``"),
    *("*", "**", "***", "_", "__", "~~", "[", "]", "(", ")", "](", "![", "[^1]", "[^1]: ", "<", ">", "|", "\\"),
    *("\n", "\n\n", "\r\n", "\r", "  \n", "---\n", "===\n", "|---|", "\n|a|b|\n|-|-|\n", "&amp;", "&#0;", "&#x202e;"),
    *("![](file:///dev/zero)", "![a](/dev/zero 'b')", "![x][r]", "\n[r]: file:///dev/zero\n", "![](data:image/png,AA)"),
    *("<img src='file:///dev/zero'>", "<img src=/dev/zero", "<link rel=stylesheet href='file:///dev/zero'>"),
    *("<body background='file:///dev/zero'>", "<table background=/dev/zero>", "<style>*{}", "<script>x</script>"),
    *("<a href='file:///bin/sh'>x</a>", "[x](file:///bin/sh)", "[x](javascript:x)", "[x](data:text/html,x)"),
    *("http://e.org/(a_(b)", "<http://e.org>", "www.e.org", "a@e.org", "[x](http://e.org 't')", "[x](\\\\host\\share)"),
    *(
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\u2028",
        "\ufeff",
        "\ufffc",
        "\ufdd0",
        "\ud800",
        "e\u0301" * 3,
        "\U0001f469\u200d",
    ),
    *(
        "a",
        "word ",
        "Ж",
        "注意",
        "שלום",
        "$x$",
        "$$",
        "---",
        "+++\n",
        "---\ntitle: x\n---\n",
        "{",
        "}",
        "%s",
        "x" * 300,
    ),
    *("<!-- ", "-->", "&lt;img src=x&gt;", "[x](mailto:a@e.org)", "<mailto:a@e.org>"),
]
_ALLOWED = frozenset(
    (
        *("a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
        *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)


def random_note(source: random.Random, seeds: list[str]) -> str:
    """Return a note of at most `LONGEST_CHARS` characters."""
    match source.randrange(8):
        case 0:
            piece = source.choice(PIECES)
            note = piece * source.randrange(1, 1 + LONGEST_CHARS // len(piece))
        case 1:
            two = source.choice(PIECES) + source.choice(PIECES)
            note = two * source.randrange(1, 1 + 5_000 // len(two))
        case 2 | 3 if seeds:
            note = source.choice(seeds)
            for _ in range(source.randrange(1, 6)):
                at = source.randrange(len(note) + 1)
                note = (
                    note[:at] + source.choice(PIECES) * source.choice((1, 1, 1, 40)) + note[at + source.randrange(9) :]
                )
        case _:
            note = "".join(source.choice(PIECES) for _ in range(source.randrange(1, 60)))
    return note[:LONGEST_CHARS]


class _Tags(HTMLParser):
    """What an HTML text holds that is no text: the first tag or attribute that should not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag (HTMLParser)."""
        if tag not in _ALLOWED:
            self.wrong = self.wrong or f"a tag {tag}"
        for name, value in attrs:
            if name == "href":
                if not (is_web_address(value or "") or (value or "").lower().startswith("mailto:")):
                    self.wrong = self.wrong or f"a link to {value}"
            elif not (
                (name == "style" and (value or "").startswith("text-align:"))
                or (name == "start" and (value or "").isdecimal())
                or name in ("title", "rel")
                or (name == "class" and tag == "code")
            ):
                self.wrong = self.wrong or f"an attribute {name}={value} of {tag}"

    def handle_decl(self, decl: str) -> None:
        """Look at a declaration (HTMLParser)."""
        self.wrong = self.wrong or f"a declaration {decl}"

    def handle_pi(self, data: str) -> None:
        """Look at an instruction (HTMLParser)."""
        self.wrong = self.wrong or f"an instruction {data}"


def html_fault(note: str) -> str | None:
    """Return what is wrong with a note as HTML, or None."""
    begin = time.thread_time()
    html = note_html(note)
    if (seconds := time.thread_time() - begin) > SLOWEST_SECONDS:
        return f"{seconds:.1f} s to write as HTML"
    tags = _Tags()
    tags.feed(html)
    tags.close()
    return tags.wrong


class Window:
    """The window's view of a note, and what it tells of while it shows one."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication, QWidget

        from readinglist.ui.note_parts import NoteView
        from readinglist.ui.theme import LIGHT

        self._app = QApplication.instance() or QApplication(["fuzz"])
        self._parent = QWidget()
        self._view = NoteView(self._parent)
        self._view.resize(600, 400)
        self._theme = LIGHT
        self.told: list[str] = []
        self._view.link_opened.connect(
            lambda address: self.told.append(f"a link was opened without a click: {address}")
        )

    def hear_qt(self) -> None:
        """Take a warning of Qt for a fault."""
        from PySide6.QtCore import QtMsgType, qInstallMessageHandler

        def heard(kind: QtMsgType, _context: object, message: str) -> None:
            if kind != QtMsgType.QtDebugMsg and "This plugin does not support" not in message:
                self.told.append(f"Qt says: {message}")

        qInstallMessageHandler(heard)

    def fault(self, note: str) -> str | None:
        """Return what is wrong with how a note is shown, or None."""
        self.told.clear()
        begin = time.thread_time()
        self._view.show_markdown(note, self._theme)
        self._view.document().setTextWidth(600)
        self._view.grab()
        seconds = time.thread_time() - begin
        if self.told:
            return self.told[0]
        return f"{seconds:.1f} s to show" if seconds > SLOWEST_SECONDS else None


def corpus() -> list[str]:
    """Return the notes to begin with."""
    files = sorted((_HERE / "corpus" / "markdown").iterdir())
    return [file.read_bytes().decode("utf-8", "replace")[:LONGEST_CHARS] for file in files]


def faults(count: int, seed: int, window: Window) -> tuple[list[tuple[str, str]], float]:
    """Return the faults among `count` notes, each with its note, and how many seconds the slowest note took."""
    source = random.Random(seed)
    seeds = corpus()
    found: list[tuple[str, str]] = []
    slowest = 0.0
    for _ in range(count):
        note = random_note(source, seeds)
        faulthandler.dump_traceback_later(HUNG_SECONDS, exit=True)
        begin = time.thread_time()
        try:
            wrong = html_fault(note) or window.fault(note)
        except Exception:  # noqa: BLE001 - whatever it is, it is the find
            wrong = traceback.format_exc(limit=-3)
        slowest = max(slowest, time.thread_time() - begin)
        if wrong:
            found.append((note, wrong))
    faulthandler.cancel_dump_traceback_later()
    return found, slowest


def main() -> int:
    """Run from the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    window = Window()
    window.hear_qt()
    begin = time.perf_counter()
    found, slowest = faults(count, seed, window)
    seconds = time.perf_counter() - begin
    if found:
        folder = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp(prefix="fuzz-markdown-"))
        folder.mkdir(parents=True, exist_ok=True)
        for number, (note, wrong) in enumerate(found):
            (folder / f"note-{number}").write_bytes(note.encode("utf-8", "surrogatepass"))
            if number < 20:
                print(f"{folder}/note-{number}: {wrong}")
    print(f"{count} notes, seed {seed}, {seconds:.0f} s, slowest {slowest:.2f} s, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
