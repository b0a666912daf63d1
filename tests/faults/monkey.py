"""A monkey at the window: random keys, clicks, texts, drags, drops and menus, drawn with a seed; nothing may break.

    python tests/faults/monkey.py [STEPS or TIME] [SEED]

500 steps with seed 1, unless told otherwise; a time is written 90s, 45m or 4h. The window is a real one (offscreen) on
a library of invented papers of every kind. Now and then the monkey stops, closes what lies over the window, waits until
it has come to rest, and looks: the list holds what its question finds, what is typed has been asked, the sidebar's
numbers are the library's. Meanwhile and at the end: no error in a slot or a thread, no warning of Qt, no turn of the
event loop of over a quarter of a second on a quiet machine (see `tests/ui/stalls.py`; what took over 50 ms is printed),
`doctor` finds nothing, the index finds what the plain meaning of a query finds, and in a long run the memory has not
grown by 10 %. The monkey's library stays small (some hundred papers, half a megabyte after 10,000 steps), so that what
grows is the window.

The steps are written down as they are done; when something is wrong, also when the window dies, the last of them are
printed. The same seed draws the same steps, which meet another window only in when its threads answer.
"""

from __future__ import annotations

import atexit
import faulthandler
import gc
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from shiboken6 import isValid

from readinglist.errors import QueryError
from readinglist.library import Library
from readinglist.query.match import Context, match
from readinglist.query.parse import parse
from readinglist.ui.actions import TABLE
from readinglist.ui.app import open_window
from readinglist.ui.dragging import PaperDrag
from readinglist.ui.rescue_window import RescueWindow
from readinglist.ui.searching import answer
from readinglist.ui.suggesting import SHOWN
from readinglist.ui.views import SUGGESTED
from readinglist.ui.window import MainWindow
from tests.faults import monkey_papers, work
from tests.ui.stalls import LIMIT_MS, Turn, Watchdog, slowness

STALL_MS = 5 * LIMIT_MS
"""A single turn cannot be done again, and this machine may do other work: so much is no accident."""

_LOOK_EVERY = 40
_PATIENCE_S = 60.0
_SHOWN_STEPS = 30
_GROWTH = 1.10
_WARM_STEPS = 4_000
"""After so many, or the first tenth of a longer run, every page and sheet has been made and every cache is full."""

_LEFT = Qt.MouseButton.LeftButton
_RIGHT = Qt.MouseButton.RightButton
_NO_KEY = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
_SPECIAL = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Space,
    Qt.Key.Key_F6,
    Qt.Key.Key_Menu,
)
_NOT_BY_CHANCE = ("actionQuit", "actionFullScreen")
_SIZES = ((1440, 900), (1000, 700), (700, 500), (560, 420), (1200, 760))


class Trouble(AssertionError):
    """Something that must not be."""


class Browser(QObject):
    """Stands for the browser: what is opened in it is forgotten."""

    @Slot(QUrl)
    def open(self, _url: QUrl) -> None:
        """Open nothing."""


class Monkey(QObject):
    """Works the window step by step from a timer, so that loops within the loop (menus, dialogs) are worked as well."""

    def __init__(self, folder: Path, seed: int, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._folder = folder
        self._drawn = random.Random(seed)
        self._tell = tell
        self.problems: list[str] = []
        self.slow: Counter[str] = Counter()
        self.turns = 0
        self.done = 0
        self._left = 0
        self._watchdog = Watchdog(self)
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self.window: MainWindow = self._opened()
        self._doers: tuple[tuple[int, Callable[[], None]], ...] = (
            (30, self._press_plain),
            (14, self._press_special),
            (8, self._press_with_modifier),
            (14, self._trigger),
            (10, self._type_search),
            (4, self._commit_text),
            (16, self._click),
            (4, self._click_right),
            (3, self._click_twice),
            (3, self._drag_mouse),
            (4, self._wheel),
            (3, self._drag_papers),
            (2, self._drop),
            (2, self._paste),
            (3, self._go),
            (2, self._resize),
            (2, self._edit_elsewhere),
            (6, self._close_top),
        )

    # -- going on ---------------------------------------------------------------------------------

    def work(self, steps: int) -> None:
        """Do some steps, then close what is open and look at everything. Raises Trouble."""
        self._left = steps
        self._watchdog.start()
        self._timer.start(0)
        self._loop.exec()
        self._timer.stop()
        if self._is_there() and self._drawn.random() < 0.95:
            self._come_to_rest()
            self._take_stock()
        else:  # with whatever it is at
            self._watchdog.stop()
            self._tell("open a new window")
            self._close_window()
            self.window = self._opened()

    def end(self) -> None:
        """Close the window."""
        self._close_window()

    def _opened(self) -> MainWindow:
        window = open_window(self._folder)
        window.resize(1200, 800)
        window.activateWindow()
        return window

    def _is_there(self) -> bool:
        """Say whether there is a window: a backup that was put back has brought another, the monkey may have quit."""
        if isValid(self.window) and self.window.isVisible():
            return True
        others = [top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow) and top.isVisible()]
        if others:
            self._tell("another window, on what was put back")
            self.window = others[0]
        return bool(others)

    def _close_window(self) -> None:
        if isValid(self.window):
            for _ in range(2):
                self.window.close()
            self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def _on_time(self) -> None:
        """Do a step; after the last, or when the monkey has quit, close what is open until the outermost loop ends."""
        self._timer.start(5)  # whatever comes of the step
        if not self._is_there() and _putting_back():
            return
        if self._left > 0 and self._is_there():
            self._left -= 1
            self.done += 1
            pause_ms = self._drawn.choice((0, 0, 0, 1, 5, 20, 60))
            (doer,) = self._drawn.choices([do for _, do in self._doers], [weight for weight, _ in self._doers])
            self._timer.start(pause_ms)  # before: the step may run a loop of its own
            modal = QApplication.activeModalWidget()
            if isinstance(modal, QFileDialog):
                self._answer(modal)
            else:
                doer()
        else:
            self._let_go()
            self._loop.quit()

    def _let_go(self) -> None:
        """Close the menu or dialog that is open, else let go of the mouse."""
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        elif isinstance(modal := QApplication.activeModalWidget(), QDialog):
            modal.reject()
        elif modal is not None:
            modal.close()
        elif self._is_there():
            QTest.mouseRelease(self.window, _LEFT, _NO_KEY, QPoint(1, 1))

    def _come_to_rest(self) -> None:
        """Close what lies over the window and wait until it is idle. Raises Trouble when it never is."""
        window = self.window
        until = time.monotonic() + _PATIENCE_S
        for _ in range(3):  # an editor in a sheet, the sheet; what lies under one need not be painted
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        quiet = 0
        while quiet < 3:
            loop = QEventLoop()
            QTimer.singleShot(5, loop.quit)
            loop.exec()
            quiet = quiet + 1 if window.idle() else 0
            if time.monotonic() > until:
                raise Trouble(f"the window does not come to rest: {_busy_parts(window)}")
        worst = self._watchdog.stop()
        self._note_turns(worst)

    def _note_turns(self, worst: Turn) -> None:
        self.turns += len(self._watchdog.turns)
        if worst.felt_ms > LIMIT_MS:
            worst = replace(worst, felt_ms=worst.felt_ms / slowness())  # for hours a machine is not quiet
        if worst.felt_ms > LIMIT_MS:
            place = worst.place()
            self.slow[place] += 1
            self._tell(f"slow: {worst.felt_ms:.0f} ms, {place}")
        if worst.felt_ms > STALL_MS:
            raise Trouble(str(worst))

    # -- looking ----------------------------------------------------------------------------------

    def _take_stock(self) -> None:
        """Compare what is shown with what the library holds. Raises Trouble."""
        window = self.window
        searching, typed = window._searching, window.pane.search.text()
        question = searching.question
        if typed.strip() != question.text.strip():
            raise Trouble(f"{typed!r} is typed and {question.text!r} is asked")
        if question.view.key == SUGGESTED and not question.searching:
            return  # in an order that the window learns
        with Library.open(self._folder) as library:
            try:
                expected = answer(library, question)
            except QueryError:
                if not window.pane.search.has_problem:
                    raise Trouble(f"{typed!r} has a problem that is not shown") from None
                return
            shown = list(window.pane.papers.papers.ids)
            if window.pane.search.has_problem:
                raise Trouble(f"{typed!r} is shown as a problem and is none")
            if question.view.key == SUGGESTED and not question.everywhere:
                # Left out is what the reader has judged; what was suggested before that stays while it is shown.
                may = set(expected.ids)
                must = may.intersection(one.id for one in library.suggest(SHOWN).papers)
                if not must <= set(shown) <= may:
                    raise Trouble(f"{question} finds {must} at least, {may} at most, and {shown} are shown")
            elif sorted(shown) != sorted(expected.ids):
                raise Trouble(f"{question} finds {expected.ids[:20]} and {shown[:20]} are shown")
            if not question.searching:
                counts = library.counts()
                sidebar = {view.key: window.sidebar.count_of(view.key) for view in window.sidebar.views()}
                told = {
                    "queue:inbox": counts.inbox,
                    "queue:next": counts.next,
                    "queue:read": counts.read,
                    "view:all": counts.total,
                    "view:trash": counts.trash,
                    "view:starred": counts.starred,
                }
                wrong = {key: (sidebar[key], n) for key, n in told.items() if (sidebar[key] or 0) != n}
                if wrong:
                    raise Trouble(f"the sidebar shows other numbers than the library has: {wrong}")

    # -- doing ------------------------------------------------------------------------------------

    def _top(self) -> QWidget:
        """Return what has the keys and the mouse: a menu, a dialog, or the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_KEY) -> None:
        """Press a key and let go of it, wherever the focus is by then."""
        for strike in (QTest.keyPress, QTest.keyRelease):
            top = self._top()
            strike(top if top is QApplication.activePopupWidget() else top.focusWidget() or top, key, modifier)

    def _press_plain(self) -> None:
        letter = self._drawn.choice("jkjkjkeulrisctnhofmg/?bxyz0123456789")
        self._tell(f"press {letter}")
        if letter.isalnum():
            self._key(Qt.Key(ord(letter.upper())))
        else:
            self._key(Qt.Key.Key_Slash if letter == "/" else Qt.Key.Key_Question)

    def _press_special(self) -> None:
        key = self._drawn.choice(_SPECIAL)
        self._tell(f"press {key.name}")
        self._key(key)

    def _press_with_modifier(self) -> None:
        modifier = self._drawn.choice(_MODIFIERS)
        key = self._drawn.choice([Qt.Key(ord(c)) for c in "ABDEFKMTVYZ"] + [*_SPECIAL[7:16], Qt.Key.Key_Comma])
        self._tell(f"press {modifier.name or modifier} {key.name}")
        self._key(key, modifier)

    def _trigger(self) -> None:
        name = self._drawn.choice([row.name for row in TABLE if row.name not in _NOT_BY_CHANCE])
        self._tell(f"trigger {name}")
        if QApplication.activeModalWidget() is None:
            self.window.actions_by_name[name].trigger()

    def _type_search(self) -> None:
        text = self._drawn.choice(monkey_papers.SEARCHES)
        self._tell(f"search {text!r}")
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self.window.pane.search.focus()
            for character in text[:12]:
                self._write(character)
            self._write(text[12:])

    def _commit_text(self) -> None:
        text = self._drawn.choice(monkey_papers.TEXTS)
        self._tell(f"write {text!r}")
        self._write(text)

    def _write(self, text: str) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and text and focus.inputMethodQuery(Qt.InputMethodQuery.ImEnabled):
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(focus, event)

    def _place(self) -> tuple[QWidget, QPoint]:
        """Draw a place: in a widget drawn from those that are seen, so that small ones are hit as often as large."""
        top = self._top()
        seen = [widget for widget in top.findChildren(QWidget) if widget.isVisible() and not widget.isWindow()]
        widget = self._drawn.choice(seen) if seen and self._drawn.random() < 0.9 else top
        point = QPoint(self._drawn.randrange(max(1, widget.width())), self._drawn.randrange(max(1, widget.height())))
        self._tell(f"  at {point.x()}, {point.y()} in {type(widget).__name__} {widget.objectName()}")
        under = top.childAt(widget.mapTo(top, point)) or top
        return under, under.mapFrom(top, widget.mapTo(top, point))

    def _mouse(self, button: Qt.MouseButton, modifier: Qt.KeyboardModifier = _NO_KEY, *, times: int = 1) -> None:
        """Press a button of the mouse and let go of it, unless what is under it is gone by then."""
        widget, point = self._place()
        for strike in (QTest.mousePress, QTest.mouseRelease, QTest.mouseDClick)[: 1 + times]:
            if isValid(widget):
                strike(widget, button, modifier, point)
        if button is _RIGHT and isValid(widget):
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, widget.mapToGlobal(point))
            QApplication.sendEvent(widget, event)

    def _click(self) -> None:
        self._tell("click")
        self._mouse(_LEFT, self._drawn.choice((_NO_KEY,) * 6 + _MODIFIERS[:2]))

    def _click_right(self) -> None:
        self._tell("click with the right button")
        self._mouse(_RIGHT)

    def _click_twice(self) -> None:
        self._tell("click twice")
        self._mouse(_LEFT, times=2)

    def _drag_mouse(self) -> None:
        self._tell("press the button, move, let go")
        widget, start = self._place()
        steps = [QPoint(self._drawn.randint(-120, 120), self._drawn.randint(-60, 60)) for _ in range(3)]
        if isValid(widget):
            QTest.mousePress(widget, _LEFT, _NO_KEY, start)
        for step in steps:
            if isValid(widget):
                QTest.mouseMove(widget, start + step)
        if isValid(widget):
            QTest.mouseRelease(widget, _LEFT, _NO_KEY, start + steps[-1])

    def _wheel(self) -> None:
        self._tell("wheel")
        widget, point = self._place()
        angle = QPoint(0, self._drawn.choice((-360, -120, 120, 360)))
        event = QWheelEvent(
            QPointF(point),
            QPointF(self.window.mapToGlobal(point)),
            QPoint(),
            angle,
            Qt.MouseButton.NoButton,
            _NO_KEY,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        if isValid(widget):
            QApplication.sendEvent(widget, event)

    def _drag_papers(self) -> None:
        """Drag what is selected onto the sidebar or into the list."""
        papers, sidebar = self.window.pane.papers, self.window.sidebar
        onto = self._drawn.choice((papers, sidebar))
        view = onto.viewport()
        point = QPoint(self._drawn.randrange(max(1, view.width())), self._drawn.randrange(max(1, view.height())))
        self._tell(f"drag papers onto {onto.objectName()} at {point.x()}, {point.y()}")
        if QApplication.activeModalWidget() is None and papers.selected_ids():
            _drop_on(onto, point, papers.drag.begin(papers.selected_ids()))
            papers.drag.end()

    def _drop(self) -> None:
        """Drop a file, an address or a text on the window."""
        data = QMimeData()
        what = self._drawn.randrange(4)
        self._tell(f"drop {what}")
        if what == 0:
            path = self._folder.parent / f"dropped-{self._drawn.randrange(20)}.jsonl"
            path.write_text(monkey_papers.some_lines(self._drawn), encoding="utf-8")
            data.setUrls([QUrl.fromLocalFile(str(path))])
        elif what == 1:
            data.setUrls([QUrl("https://example.org/page")])
        elif what == 2:
            data.setUrls([QUrl.fromLocalFile(str(self._folder.parent / "is not there"))])
        else:
            data.setText(monkey_papers.some_lines(self._drawn))
        if QApplication.activeModalWidget() is None:
            _drop_on(self.window, QPoint(300, 300), data)

    def _paste(self) -> None:
        text = self._drawn.choice([*monkey_papers.TEXTS, monkey_papers.some_lines(self._drawn)])
        self._tell("paste")
        QGuiApplication.clipboard().setText(text)
        self._key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def _go(self) -> None:
        views = self.window.sidebar.views()
        view = self._drawn.choice(sorted(views, key=lambda view: view.key))
        self._tell(f"go to {view.key}")
        if QApplication.activeModalWidget() is None:
            self.window.go_to(view.key)

    def _resize(self) -> None:
        size = self._drawn.choice(_SIZES)
        self._tell(f"resize to {size}")
        self.window.resize(*size)

    def _edit_elsewhere(self) -> None:
        """Do as another process would."""
        what, number = self._drawn.randrange(4), self._drawn.randint(1, 60)
        self._tell(f"edit paper {number} from outside, {what}")
        with Library.open(self._folder) as library:
            if not library.papers([number]):
                return
            if what == 0:
                library.star([number], on=number % 2 == 0)
            elif what == 1:
                library.tag([number], add=["from/outside"])
            elif what == 2:
                library.move([number], "next")
            else:
                library.correct([number], abstract=self._drawn.choice(monkey_papers.TEXTS) or "Nothing.")

    def _answer(self, dialog: QFileDialog) -> None:
        """Choose a file of the monkey's own folder, or none: in a dialog for files it could get at those of others."""
        name = self._drawn.choice((None, None, "dropped-1.jsonl", "written.json", "written.opml", "not/there.bib"))
        self._tell(f"choose {name or 'no file'}")
        if name is None:
            dialog.reject()
        else:
            dialog.findChild(QLineEdit).setText(str(self._folder.parent / name))
            dialog.accept()

    def _close_top(self) -> None:
        self._tell("close what is open")
        self._let_go()


_HARMLESS = (
    "This plugin does not support",
    "not accepted by receiving widget",  # QTest of a mouse over what has been disabled, as anybody's mouse may be
)


def _drop_on(widget: QWidget, point: QPoint, data: QMimeData) -> None:
    """Let papers, files or text be dropped on a widget."""
    move = Qt.DropAction.MoveAction
    widget.dragEnterEvent(QDragEnterEvent(point, move, data, _LEFT, _NO_KEY))  # type: ignore[attr-defined]
    if hasattr(widget, "dragMoveEvent"):
        widget.dragMoveEvent(QDragMoveEvent(point, move, data, _LEFT, _NO_KEY))
    widget.dropEvent(QDropEvent(QPointF(point), move, data, _LEFT, _NO_KEY))  # type: ignore[attr-defined]


def _putting_back() -> bool:
    """Say whether a backup is being put back, which closes the window and opens another."""
    return any(isinstance(top, RescueWindow) and top.isVisible() for top in QApplication.topLevelWidgets())


def _busy_parts(window: MainWindow) -> str:
    lanes = {name: getattr(window.lanes, name).busy for name in ("edits", "search", "background")}
    parts = ("_searching", "_counting", "_neighbours", "_indexing", "_pages", "keeping", "_showing", "preferences")
    settled = {name: getattr(window, name).settled for name in parts}
    return (
        f"{lanes}, {settled}, search field {window.pane.search.settled}, list {window.pane.papers.settled}"
        f" painted {window.pane.papers.painted}, notes {list(window.reader.unsaved_notes())}"
    )


# -- the whole of it ------------------------------------------------------------------------------


def problems_of(folder: Path) -> list[str]:
    """Return what is wrong with the library afterwards: `doctor`, and the index against the meaning of queries."""
    with Library.open(folder) as library:
        problems = work.history_disagrees(library)
        library.wait_for_index()
        problems += [f"doctor: {finding.message}" for finding in library.doctor() if not finding.ok]
        papers = library.papers(library.search("is:trash OR -is:trash").ids)
        context = Context(library._clock(), searches={s.name: s.query for s in library.searches()})
        for query in monkey_papers.PLAIN_SEARCHES:
            node = parse(query).node
            meant = {p.id for p in papers if not p.trashed and (node is None or match(node, p, context))}
            found = set(library.search(query, relax=False).ids)
            if meant != found:
                problems.append(f"{query!r} finds {sorted(found ^ meant)[:10]} wrongly or not")
    return problems


def own_mb() -> float:
    """Return the memory this process has now, in MB, without mapped files; 0 where it cannot be told."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("RssAnon"))


def play(folder: Path, amount: str, seed: int) -> int:
    """Let the monkey play in this process; print what was seen and return the exit status."""
    faulthandler.enable()
    problems: list[str] = []

    def tell(step: str) -> None:
        os.write(1, f"{step}\n".encode("utf-8", "backslashreplace"))

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        problems.append("".join(traceback.format_exception(kind, error, trace)))

    sys.excepthook = on_error
    threading.excepthook = lambda args: on_error(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    sys.unraisablehook = lambda args: on_error(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    class Logged(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problems.append(self.format(record))

    logging.getLogger().addHandler(Logged(logging.ERROR))

    def on_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        quiet = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or any(words in message for words in _HARMLESS)
        if not quiet:
            problems.append(f"Qt: {message}")

    qInstallMessageHandler(on_message)
    app = QApplication([])
    browser = Browser()
    for scheme in ("http", "https"):
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    # A drag of Qt's own would wait for a real mouse.
    PaperDrag.run = lambda drag, *_: drag.end()  # type: ignore[method-assign]
    monkey = Monkey(folder, seed, tell)
    steps, seconds = _amount(amount)
    begun = time.monotonic()
    memory: list[tuple[int, float]] = []
    try:
        while monkey.done < steps and time.monotonic() - begun < seconds and not problems:
            monkey.work(min(_LOOK_EVERY, steps - monkey.done))
            if not memory or monkey.done - memory[-1][0] >= _WARM_STEPS // 4:
                gc.collect()
                memory.append((monkey.done, own_mb()))
        if not problems:
            monkey.end()
            problems += problems_of(folder)
    except Trouble as trouble:
        problems.append(str(trouble))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told of with the last steps
        on_error(type(error), error, error.__traceback__)
    warm = [mb for at, mb in memory if at >= max(_WARM_STEPS, monkey.done // 10)]
    if len(warm) > 8 and sum(warm[-3:]) / 3 > _GROWTH * sum(warm[:3]) / 3:
        problems.append(f"the memory grows: {warm[:3]} MB, {warm[-3:]} MB")
    result = {
        "problems": problems,
        "steps": monkey.done,
        "seconds": time.monotonic() - begun,
        "turns": monkey.turns,
        "slow": monkey.slow.most_common(12),
        "memory": memory,
    }
    tell(f"result {json.dumps(result)}")
    app.processEvents()
    sys.stdout.flush()
    os._exit(int(bool(problems)))  # a window that is in trouble need not be taken apart


def _amount(text: str) -> tuple[int, float]:
    """Return how many steps and how many seconds at the most: "500", "90s", "45m", "4h"."""
    units = {"s": 1, "m": 60, "h": 3600}
    if text[-1] in units:
        return sys.maxsize, float(text[:-1]) * units[text[-1]]
    return int(text), float("inf")


def main() -> int:
    """Let the monkey play in a process of its own, and tell what became of it."""
    amount = sys.argv[1] if len(sys.argv) > 1 else "500"
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    home = work.in_own_home()
    folder = home / "library"
    monkey_papers.make_library(folder)
    command = [sys.executable, "-X", "faulthandler", __file__, "--play", str(folder), amount, str(seed)]
    path = home / "steps.txt"
    with path.open("wb") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=home, check=False).returncode
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    result: dict[str, Any] = {"problems": []}
    if lines and lines[-1].startswith("result "):
        result = json.loads(lines.pop().removeprefix("result "))
    elif status:
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        result["problems"].append(f"the window died: {name}")
    if result["problems"]:
        print("\n".join(["the last steps:", *lines[-_SHOWN_STEPS:]]))
    for problem in result["problems"]:
        print(f"wrong: {problem}")
    if "steps" in result:
        print(f"seed {seed}: {result['steps']} steps in {result['seconds']:.0f} s, {result['turns']} turns of the loop")
        for place, times in result["slow"]:
            print(f"  over {LIMIT_MS:.0f} ms {times} times: {place}")
        if len(result["memory"]) > 1:
            print("  memory: " + ", ".join(f"{mb:.0f} MB at {at}" for at, mb in result["memory"]))
    wrong = len(result["problems"])
    if wrong:
        atexit.unregister(shutil.rmtree)  # see `work.in_own_home`
        print(f"the library is kept in {folder}, all steps in {path}")
    else:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--play"]:
        sys.exit(play(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
    sys.exit(main())
