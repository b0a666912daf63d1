"""Where things lie on this machine: library, cache, settings, log. Knows nothing of what is in them."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import uuid
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import platformdirs

from readinglist.sharing import patiently

log = logging.getLogger(__name__)

_NAME = "readinglist"


def default_library() -> Path:
    """Return the folder of the library: the variable READINGLIST_LIBRARY, else the user's data folder."""
    named = os.environ.get("READINGLIST_LIBRARY")
    if named:
        return Path(os.path.expanduser(named)).absolute()  # noqa: PTH111 - pathlib raises for ~eve where there is no Eve
    return platformdirs.user_data_path(_NAME, appauthor=False) / "library"


def cache_folder() -> Path:
    """Return the folder of what can be made anew (XDG_CACHE_HOME and its like are respected)."""
    return platformdirs.user_cache_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """Return the folder of the settings (XDG_CONFIG_HOME and its like are respected)."""
    return platformdirs.user_config_path(_NAME, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log (XDG_STATE_HOME and its like are respected)."""
    return platformdirs.user_log_path(_NAME, appauthor=False)


def recovery_folders() -> list[Path]:
    """Return where to put what a library cannot take, the best place first.

    The second one is in memory (XDG_RUNTIME_DIR), for when the disk is full; a crash of the program leaves it.
    """
    folders = [platformdirs.user_state_path(_NAME, appauthor=False) / "recovery"]
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        folders.append(Path(runtime) / _NAME / "recovery")
    return folders


def settings_file() -> Path:
    """Return the file of the settings."""
    return config_folder() / "settings.toml"


def state_file() -> Path:
    """Return the file of what the window remembers by itself (XDG_STATE_HOME and its like are respected)."""
    return platformdirs.user_state_path(_NAME, appauthor=False) / "window.json"


def index_folder(library_id: str, folder: Path) -> Path:
    """Return where the index of a library lies: in the cache, never in the library.

    Both the id and the place count, so that a copied or restored library does not share its original's index.
    """
    safe_id = re.sub(r"[^0-9A-Za-z-]", "_", library_id)[:64]
    return cache_folder() / "index" / f"{safe_id}-{_mark_of(folder)[:16]}"


def backup_folder(chosen: str, library: Path) -> Path | None:
    """Return where in the folder that the reader chose for backups those of `library` lie; None: nowhere but its own.

    Each library has a folder of its own there, named after its place: old backups are deleted in it, and a library that
    cannot be opened any more still has to find them.
    """
    if not chosen:
        return None
    return Path(os.path.expanduser(chosen)) / f"{library.resolve().name}-{_mark_of(library)[:8]}"  # noqa: PTH111


def _mark_of(folder: Path) -> str:
    """Return a hash of the place of a folder."""
    from hashlib import sha256  # 2 ms of every start

    return sha256(os.path.normcase(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()


def installation_id() -> str:
    """Return the random id of this installation, the same at every call and, if it can be written, every run.

    It goes with each edit, so that edits made on several machines can be told apart. It says nothing of them.
    """
    return _installation_id(config_folder() / "installation-id")


@cache
def _installation_id(file: Path) -> str:
    try:
        return str(uuid.UUID(file.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        log.warning("the installation id in %s cannot be read: %s", file, error)
    new = str(uuid.uuid4())
    try:
        replace_file(file, f"{new}\n".encode())
    except OSError as error:
        log.warning("the installation id cannot be kept in %s: %s", file, error)
    return new


def write_whole(file: Path, pieces: Iterable[str]) -> None:
    """Write a text to a file that the reader named: all of it, or nothing where anything is raised.

    A link is followed, and what is replaced keeps its rights. A device or a pipe is written to as it is.
    Raises OSError, and what `pieces` raises.
    """
    target = Path(os.path.realpath(file))
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
        return
    part = target.with_name(f".{target.name[:40]}.{uuid.uuid4().hex[:12]}.part")  # nobody else's, and no link laid out
    try:
        with part.open("x", encoding="utf-8", newline="\n") as stream:
            if target.exists():
                part.chmod(target.stat().st_mode & 0o777)
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: part.replace(target))
    finally:
        part.unlink(missing_ok=True)


def replace_file(file: Path, data: bytes) -> None:
    """Write `file`, with its folder, so that a reader or a power cut finds the old content or the new, whole.

    Only the user may read it. Raises OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: Path(temporary).replace(file))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
