"""Turn whatever ends a command into an exit status and a plain sentence on standard error.

0 done; 1 could not be done; 2 the call or the query is wrong; 3 an import in which some records failed; 130
interrupted. Anything that is not foreseen is a bug: its traceback goes to the log file, never to the reader.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from readinglist.cli.discretion import DiscreetFormatter
from readinglist.cli.terminal import OutputLost, cells, output, tell, width
from readinglist.errors import QueryError, ReadingListError
from readinglist.progress import Cancelled

DONE, FAILED, WRONG_CALL, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
_LOG_BYTES = 1_000_000

log = logging.getLogger(__name__)


class _LogFile(logging.Handler):
    """The log file; its folder is made, and even its place found out, when the first line is written."""

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record; a log that cannot be written must not end the program or fill its terminal."""
        try:
            path = log_path()
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if path.exists() and path.stat().st_size > _LOG_BYTES:
                path.replace(path.with_suffix(".old.log"))
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(self.format(record) + "\n")
        except OSError:
            return


def log_path() -> Path:
    """Return where this user's log lies."""
    from readinglist.paths import log_folder

    return log_folder() / "readinglist.log"


@contextmanager
def logged() -> Iterator[None]:
    """Send the warnings and errors of the program to the log file instead of the terminal."""
    handler = _LogFile(logging.WARNING)
    handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    package = logging.getLogger("readinglist")
    package.addHandler(handler)
    try:
        yield
    finally:
        package.removeHandler(handler)


def outcome(work: Callable[[], int]) -> int:
    """Do the work and return the exit status; says on standard error what went wrong."""
    try:
        status = work()
        with output():
            sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _tell_wrong_call(error)
    except QueryError as error:
        _tell_query_error(error)
        return WRONG_CALL
    except Cancelled:
        tell("readinglist: stopped.")
        return INTERRUPTED
    except OutputLost as error:
        _forget_output()
        tell(f"readinglist: {error}")
        return FAILED
    except ReadingListError as error:
        tell(f"readinglist: {str(error) or 'that could not be done.'}")
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        tell("readinglist: stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return FAILED
    except Exception as error:
        from readinglist.library import in_plain_words

        if (plain := in_plain_words(error)) is None:
            return _tell_bug(error)
        log.exception("%s", plain)
        tell(f"readinglist: {plain}")
        return FAILED
    return status


def _tell_wrong_call(error: click.ClickException) -> int:
    if isinstance(error, click.UsageError):
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
            path = error.ctx.command_path
            tell(f"readinglist: {error.format_message()} (“{path} --help” tells more)")
        else:
            tell(f"readinglist: {error.format_message()}")
        return WRONG_CALL
    tell(f"readinglist: {error.format_message()}")
    return FAILED


def _tell_query_error(error: QueryError) -> None:
    """Show the query, a caret line under the place, the message and the suggestion."""
    query, start, end = _excerpt(error.query, error.start, error.end, width() - 4)
    safe = "".join(c if c.isprintable() else " " for c in query)
    carets = "^" * max(1, cells(safe[start:end]))
    click.echo(f"  {safe}\n  {' ' * cells(safe[:start])}{carets}", err=True)
    tell(f"readinglist: {error}")
    if error.suggestion:
        tell(f"Did you mean: {error.suggestion}")


def _excerpt(query: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut a query that is wider than the terminal down to the surroundings of the place."""
    start = max(0, min(start, len(query)))
    end = max(start, min(end, len(query)))
    if cells(query) <= room:
        return query, start, end
    half = max(4, room // 4)  # a character may take two cells
    left = max(0, start - half)
    right = min(len(query), start + half)
    before = "…" if left else ""
    after = "…" if right < len(query) else ""
    shift = len(before) - left
    return before + query[left:right] + after, start + shift, min(end, right) + shift


def _tell_bug(error: Exception) -> int:
    log.critical("this went wrong by a mistake in the program", exc_info=error)
    path = log_path()
    where = f"; the details are in {path}" if path.exists() else ""
    tell(f"readinglist: this went wrong by a mistake in the program ({type(error).__name__}){where}.")
    return FAILED


def _forget_output() -> None:
    """Send what is still to be written nowhere, or Python complains of it as it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # standard output is no file, as in a test
        return
