"""Keep named arrays in one file and map them back. Knows nothing of what they mean.

    arrays, each from a multiple of 64 bytes on | directory (JSON) | its length, its CRC-32, MAGIC

The directory gives every array's type, length, place and CRC-32, and whatever the writer wants said beside. It
stands at the end, so a file cut short has none. Opening checks the directory and the size; `verify` the contents.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.damaged import IndexDamaged

MAGIC = b"RLARRAY1"
_ALIGNMENT = 64
_FOOTER = struct.Struct("<II8s")
_TYPES = ("|u1", "<u2", "<u4", "<i4", "<i8", "|b1")


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> int:
    """Write one-dimensional little-endian arrays to a new file, down to the disk; return its size in bytes."""
    directory: dict[str, tuple[str, int, int, int]] = {}
    at = 0
    with path.open("wb") as file:
        for name, array in arrays.items():
            data = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
            padding = -at % _ALIGNMENT
            file.write(bytes(padding))
            at += padding
            view = data.view(np.uint8).data
            directory[name] = (data.dtype.str, len(data), at, zlib.crc32(view))
            file.write(view)
            at += data.nbytes
        head = json.dumps({"arrays": directory, "about": about}).encode()
        file.write(head)
        file.write(_FOOTER.pack(len(head), zlib.crc32(head), MAGIC))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


class ArrayFile(Mapping[str, NDArray[Any]]):
    """The arrays of one file, read through a mapping of it; they are read-only.

    Raises IndexDamaged when the file is cut short, foreign, or not `size` bytes long, OSError when it cannot be
    opened at all.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.name = path.name
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != size or size < _FOOTER.size:
                raise IndexDamaged(f"{self.name}: wrong size")
            buffer = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head_size, crc, magic = _FOOTER.unpack(buffer[-_FOOTER.size :])
        head = buffer[-_FOOTER.size - head_size : -_FOOTER.size]
        if magic != MAGIC or len(head) != head_size or zlib.crc32(head) != crc:
            raise IndexDamaged(f"{self.name}: torn or foreign")
        try:
            parsed = json.loads(head)
            self._directory: dict[str, list[Any]] = parsed["arrays"]
            self.about: dict[str, Any] = parsed["about"]
            self._arrays = {
                name: self._array(buffer, kind, length, at) for name, (kind, length, at, _) in self._directory.items()
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamaged(f"{self.name}: {error}") from error

    @staticmethod
    def _array(buffer: mmap.mmap, kind: str, length: int, at: int) -> NDArray[Any]:
        if kind not in _TYPES:
            raise ValueError(f"type {kind!r}")
        return np.frombuffer(buffer, kind, length, at)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array; raise IndexDamaged when the file has none of this name."""
        try:
            return self._arrays[name]
        except KeyError:
            raise IndexDamaged(f"{self.name}: no {name}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def verify(self, *names: str) -> None:
        """Read some arrays (none named: all) and raise IndexDamaged where they are not what was written.

        Takes a second for a gigabyte or so.
        """
        for name, (_, _, _, crc) in self._directory.items():
            if (not names or name in names) and zlib.crc32(self._arrays[name].view(np.uint8).data) != crc:
                raise IndexDamaged(f"{self.name}: {name} has changed")
