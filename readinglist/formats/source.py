"""Open what papers are read from: a file or bytes, packed or not, in the encodings that occur.

Knows nothing of formats. Names a source in messages by its `name` only, never by its whole path.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from readinglist.errors import ReadingListError
from readinglist.phrase import phrase

_GZIP_MAGIC = b"\x1f\x8b"
_BUFFER_BYTES = 1 << 18
_SAMPLE_BYTES = 1 << 16
_MANY_BYTES = 10_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the start of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may ask of us: bytes unpacked (None: any number), characters a field, levels of nesting."""

    unpacked_bytes: int | None = 500_000_000
    field_chars: int = 1_000_000
    nesting: int = 50

    @classmethod
    def of(cls, *, large: bool) -> Limits:
        """Return the usual limits, without the one on size when the reader said that the source is `large`."""
        return cls(unpacked_bytes=None) if large else cls()


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a source, decoded: enough to recognise its format. `whole` when there is no more."""

    name: str
    text: str
    whole: bool

    @property
    def is_text(self) -> bool:
        """Say whether this can be text at all: no NUL and next to no control characters."""
        controls = sum(1 for char in self.text if char < " " and char not in "\t\n\r\f\v\x1b")
        return "\0" not in self.text and controls * 200 <= len(self.text)


class BadSource(ReadingListError):
    """A source that cannot be read at all, or not to its end: `what` is wrong with it. The message names it besides."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(phrase("{name}: {what}", name=name, what=what))
        self.what = what


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read papers from: a file (`path`) or bytes (`data`: pasted text, standard input).

    `name` is how messages call it. Gzip is recognised by its first bytes, whatever the name says.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder: some formats are one."""
        return self.path is not None and self.path.is_dir()

    def files(self, suffix: str) -> list[Path]:
        """Return the files in and below a folder with this suffix, in order; links and hidden ones are left out."""
        found: list[Path] = []
        for folder, folders, names in os.walk(self.path or "."):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            paths = [Path(folder, name) for name in sorted(names) if not name.startswith(".")]
            found += [
                path for path in paths if path.suffix.lower() == suffix and path.is_file() and not path.is_symlink()
            ]
        return found

    @property
    def is_packed(self) -> bool:
        """Whether this is gzipped; false also where it cannot be read."""
        if self.path is None:
            return (self.data or b"").startswith(_GZIP_MAGIC)
        try:
            with self._open_raw() as raw:
                return raw.read(2) == _GZIP_MAGIC
        except (ReadingListError, OSError):
            return False

    def size_bytes(self) -> int:
        """Return the size as it stands, packed or not; of a folder, that of all below it, or of as much as is a lot.

        Raise `ReadingListError` when there is no such file.
        """
        if self.path is None:
            return len(self.data or b"")
        try:
            if self.is_folder:
                return self._folder_bytes()
            return self.path.stat().st_size
        except OSError as error:
            raise _cannot_read(self.name, error) from error

    def _folder_bytes(self) -> int:
        size = 0
        for folder, _, names in os.walk(self.path or "."):
            size += sum(Path(folder, name).lstat().st_size for name in names)
            if size > _MANY_BYTES:
                break
        return size

    @contextmanager
    def open(self, limits: Limits = USUAL) -> Iterator[io.BufferedReader]:
        """Give the unpacked bytes as a buffered stream.

        Inside, reading raises `ReadingListError` when the source cannot be read, its packing is damaged, or it
        holds more than `limits.unpacked_bytes`.
        """
        with self._open_raw() as raw:
            try:
                packed = raw.read(2) == _GZIP_MAGIC
                raw.seek(0)
            except OSError as error:
                raise _cannot_read(self.name, error) from error
            read = gzip.GzipFile(fileobj=raw, mode="rb").read if packed else raw.read
            yield io.BufferedReader(_Counted(read, self.name, limits.unpacked_bytes), _BUFFER_BYTES)

    def _open_raw(self) -> BinaryIO:
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            # Looked at before, since opening a device may do something, and after: it may be another one by then.
            if self.path.exists() and not self.path.is_file():
                raise self._no_file()
            file = open(self.path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller closes it
        except OSError as error:
            raise _cannot_read(self.name, error) from error
        if not S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise self._no_file()
        return file

    def _no_file(self) -> BadSource:
        return BadSource(self.name, phrase("this is a folder or a device, not a file"))

    def sample(self) -> Sample:
        """Return the start of the source, decoded. Raise as `open` does."""
        with self.open() as stream:
            data = stream.read(_SAMPLE_BYTES)
            whole = len(data) < _SAMPLE_BYTES or not stream.peek(1)
        encoding, skip = encoding_of(data[:4])
        if encoding != "utf-8":
            return Sample(self.name, data[skip:].decode(encoding, "replace"), whole)
        if not whole:
            data = data[: len(data) - _cut_character(data)]
        return Sample(self.name, decode(data[skip:]), whole)

    def text(self, limits: Limits = USUAL) -> str:
        """Return the whole text. Raise as `open` does."""
        with self.open(limits) as stream:
            data = stream.read()
        encoding, skip = encoding_of(data[:4])
        return decode(data[skip:]) if encoding == "utf-8" else data[skip:].decode(encoding, "replace")

    def chunks(self, limits: Limits = USUAL) -> Iterator[str]:
        """Yield the whole text piece by piece; every piece but the last ends with a line or a whole character."""
        with self.open(limits) as stream:
            encoding, skip = encoding_of(stream.peek(4)[:4])
            stream.read(skip)
            if encoding != "utf-8":
                decoder = codecs.getincrementaldecoder(encoding)("replace")
                while data := stream.read(_BUFFER_BYTES):
                    yield decoder.decode(data)
                return
            rest = b""
            while data := stream.read(_BUFFER_BYTES):
                data = rest + data
                cut = max(data.rfind(b"\n"), data.rfind(b" "), data.rfind(b",")) + 1
                if not cut and len(data) < 16 * _BUFFER_BYTES:
                    rest = data
                    continue
                cut = cut or len(data)
                rest = data[cut:]
                yield decode(data[:cut])
            if rest:
                yield decode(rest)

    def lines(self, limits: Limits = USUAL, *, longest_bytes: int = 1 << 25) -> Iterator[tuple[int, str | None]]:
        """Yield (number from 1, text without its end) for each line; the text is None for a line over `longest_bytes`.

        Lines end with a newline, with or without a carriage return before it. Raise as `open` does.
        """
        with self.open(limits) as stream:
            encoding, skip = encoding_of(stream.peek(4)[:4])
            stream.read(skip)
            if encoding != "utf-8":
                wide = io.TextIOWrapper(stream, encoding, "replace", newline="\n")
                for number, text in enumerate(wide, 1):
                    yield number, text.rstrip("\r\n")
                wide.detach()
                return
            number = 0
            while line := stream.readline(longest_bytes):
                number += 1
                if line.endswith(b"\n") or len(line) < longest_bytes:
                    yield number, decode(line).rstrip("\r\n")
                    continue
                while (more := stream.readline(longest_bytes)) and not more.endswith(b"\n"):
                    pass
                yield number, None


class _Counted(io.RawIOBase):
    """An unpacked stream that says what is wrong in our words and stops at a limit."""

    def __init__(self, read: Callable[[int], bytes | None], name: str, limit_bytes: int | None) -> None:
        self._read = read
        self._name = name
        self._limit_bytes = limit_bytes
        self._read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadSource(self._name, phrase("the packed file is damaged or cut off")) from error
        except OSError as error:
            raise _cannot_read(self._name, error) from error
        if data is None:  # a file of the system's that would have us wait for something to happen
            raise BadSource(self._name, phrase("this is a folder or a device, not a file"))
        self._read_bytes += len(data)
        if self._limit_bytes is not None and self._read_bytes > self._limit_bytes:
            raise BadSource(
                self._name,
                phrase(
                    "holds more than {most_mb} MB when unpacked; take it in as a large file if that is meant",
                    most_mb=self._limit_bytes // 1_000_000,
                ),
            )
        buffer[: len(data)] = data
        return len(data)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe, or what the system only shows as a file, is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def encoding_of(start: bytes) -> tuple[str, int]:
    """Return the encoding that the first four bytes announce ("utf-8" without a mark) and the length of the mark."""
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def decode(data: bytes) -> str:
    """Return `data` as text: UTF-8, and a line that is not UTF-8 as Windows-1252.

    Line by line, so that one stray byte does not spoil the accents of a whole file.

    >>> decode("café\\n".encode() + "naïve".encode("cp1252"))
    'café\\nnaïve'
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(_decode_line, data.splitlines(keepends=True)))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _cut_character(data: bytes) -> int:
    """Return how many bytes at the end of `data` begin a UTF-8 character that is not all there."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
        if byte < 0x80:
            break
    return 0


def _cannot_read(name: str, error: OSError) -> BadSource:
    if isinstance(error, FileNotFoundError):
        return BadSource(name, phrase("there is no such file"))
    return BadSource(name, phrase("cannot be read ({reason})", reason=error))
