"""Import from a lane a package that makes Qt classes, while the window's thread stands still.

On Python 3.11 PySide keeps what it knows of classes in a table that it reads without Python's lock
(`SignalManager::retrieveMetaObject`). A class made in another thread may be enlarging that table meanwhile, and the
window dies: seen with pyqtgraph, about once in some hundred times. To import it in the window's thread would keep the
window from its events for a tenth of a second and more. So each of its modules is run by the lane in a turn of the
event loop in which the window's thread waits for it: between two modules the window looks at its events.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from PySide6.QtCore import QObject, Qt, Signal, Slot

_LONGEST_S = 2.0
"""Neither waits longer for the other: a window that is being closed gives no turns."""


class ImportTurns(QObject):
    """Gives a lane turns of the event loop. Made in the window's thread; `load` is called in a lane."""

    _wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working = False
        self._given = threading.Semaphore(0)
        self._over = threading.Event()
        self._wanted.connect(self._give, Qt.ConnectionType.QueuedConnection)

    def load(self, name: str) -> ModuleType:
        """Import a package, each of its modules in a turn of its own. Raises ImportError."""
        if name in sys.modules:
            return importlib.import_module(name)
        finder = _Finder(name, self)
        self._working = True
        sys.meta_path.insert(0, finder)
        try:
            return importlib.import_module(name)
        finally:
            sys.meta_path.remove(finder)
            self._working = False
            self._over.set()

    def take(self) -> None:
        """Wait for the next turn, in the lane; the one before is over."""
        self._over.set()
        self._wanted.emit()
        self._given.acquire(timeout=_LONGEST_S)

    @Slot()
    def _give(self) -> None:
        if self._working:
            self._over.clear()
            self._given.release()
            self._over.wait(_LONGEST_S)


@cache
def import_turns() -> ImportTurns:
    """Return the one that gives turns in this program; asked for in the window's thread."""
    return ImportTurns()


class _Finder(MetaPathFinder):
    """Finds the modules of a package as they are always found, and has each wait for a turn before it is run."""

    def __init__(self, name: str, turns: ImportTurns) -> None:
        self._name = name
        self._turns = turns

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of the package (MetaPathFinder)."""
        if fullname.partition(".")[0] != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def run_in_turn(module: ModuleType) -> None:
                self._turns.take()
                run(module)

            spec.loader.exec_module = run_in_turn  # type: ignore[method-assign]
        return spec
