"""Open the window, or say why there can be none. The only place of the command line that imports `ui`.

Qt ends the whole process when it finds no display, so that is looked into before it is loaded.
"""

from __future__ import annotations

import ctypes
import gc
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from readinglist.cli.outcome import FAILED
from readinglist.cli.terminal import tell
from readinglist.errors import ReadingListError

_WITH_DISPLAY = ("xcb", "wayland", "wayland-egl")
_CONNECT_SECONDS = 2.0


def open_window(folder: Path, commands: Sequence[str]) -> int:
    """Open the window on the library in `folder` and return its exit status once it is closed."""
    if sys.platform not in ("win32", "darwin") and (reason := why_no_display(os.environ)):
        tell(f"readinglist: the window cannot be opened: {reason}")
        tell(f"These commands work without one: {', '.join(commands)}.")
        tell("“readinglist COMMAND --help” tells what each does.")
        return FAILED
    if find_spec("PySide6") is None:
        raise ReadingListError("the window cannot be opened: PySide6 is not installed.")
    gc.disable()  # nothing that the start imports and makes is garbage; the window has a collector of its own
    from readinglist.ui.app import run

    try:
        return run(folder)
    finally:
        gc.enable()


def why_no_display(environment: Mapping[str, str]) -> str | None:
    """Return what keeps Qt from showing a window on Linux and its like, or None."""
    platforms = [name.partition(":")[0] for name in environment.get("QT_QPA_PLATFORM", "").split(";") if name]
    if any(name not in _WITH_DISPLAY for name in platforms):
        return None  # offscreen, vnc, eglfs … need none
    display, wayland = environment.get("DISPLAY", ""), environment.get("WAYLAND_DISPLAY", "")
    if not display and not wayland:
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if wayland and _answers(_wayland_socket(wayland, environment)):
        return None
    if not display:
        return f"the display {wayland} does not answer."
    if not _x_display_answers(display):
        return f"the display {display} does not answer."
    return _missing_for_x()


def _wayland_socket(name: str, environment: Mapping[str, str]) -> str:
    return str(Path(environment.get("XDG_RUNTIME_DIR", "")) / name)


def _x_display_answers(display: str) -> bool:
    """Say whether an X server listens; one on another machine is taken at its word."""
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if host not in ("", "unix") or not number.isdigit():
        return not display.startswith(":")
    path = f"/tmp/.X11-unix/X{number}"  # where X listens on every system
    return _answers(path) or (sys.platform == "linux" and _answers("\0" + path))


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_CONNECT_SECONDS)
        try:
            connection.connect(path)
        except OSError:
            return False
    return True


def _missing_for_x() -> str | None:
    """Return which system library Qt lacks to speak to X, or None; it would end the process over that."""
    spec = find_spec("PySide6")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        plugin = Path(place) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
        if plugin.exists():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                library = str(error).partition(":")[0]
                return f"the system lacks {library} (on Debian and Ubuntu: apt install libxcb-cursor0)."
    return None
