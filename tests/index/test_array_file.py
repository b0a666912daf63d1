"""A file of arrays gives back what was written, or says that it cannot."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from readinglist.index.array_file import ArrayFile, write_arrays
from readinglist.index.damaged import IndexDamaged

ARRAYS: dict[str, NDArray[Any]] = {
    "bytes": np.arange(200, dtype=np.uint8),
    "empty": np.zeros(0, np.int32),
    "docs": np.array([-1, 0, 2**31 - 1], np.int32),
    "papers": np.array([1, 2**62], np.int64),
    "places": np.array([0, 2**32 - 1], np.uint32),
    "part": np.arange(20, dtype=np.uint16)[::3],
}


def test_arrays_and_what_is_said_of_them_come_back(tmp_path: Path) -> None:
    size = write_arrays(tmp_path / "a", ARRAYS, {"documents": 3, "name": "é"})
    file = ArrayFile(tmp_path / "a", size)
    assert size == (tmp_path / "a").stat().st_size
    assert list(file) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert file[name].dtype == array.dtype
        assert file[name].tolist() == array.tolist()
        assert not file[name].flags.writeable
    assert file.about == {"documents": 3, "name": "é"}
    file.verify()


def test_arrays_begin_where_a_processor_likes_it(tmp_path: Path) -> None:
    file = ArrayFile(tmp_path / "a", write_arrays(tmp_path / "a", ARRAYS, {}))
    assert all(array.ctypes.data % 64 == 0 for array in file.values() if len(array))


def test_a_name_that_is_not_there_is_damage(tmp_path: Path) -> None:
    file = ArrayFile(tmp_path / "a", write_arrays(tmp_path / "a", ARRAYS, {}))
    with pytest.raises(IndexDamaged, match="no terms"):
        file["terms"]


@settings(max_examples=60)
@given(st.data())
def test_a_file_cut_short_or_made_longer_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a"
    size = write_arrays(path, ARRAYS, {})
    changed = data.draw(st.integers(0, size + 100).filter(lambda length: length != size))
    os.truncate(path, changed)
    with pytest.raises(IndexDamaged):
        ArrayFile(path, size)
    # Even where the size is believed, the directory at the end is missing.
    with pytest.raises(IndexDamaged):
        ArrayFile(path, changed)


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_is_refused_or_found_by_verify(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("changed") / "a"
    size = write_arrays(path, {"docs": np.arange(16, dtype=np.int32)}, {})
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, size - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with pytest.raises(IndexDamaged):
        ArrayFile(path, size).verify()


def test_other_types_are_not_read(tmp_path: Path) -> None:
    size = write_arrays(tmp_path / "a", {"scores": np.zeros(4, np.float64)}, {})
    with pytest.raises(IndexDamaged, match="type '<f8'"):
        ArrayFile(tmp_path / "a", size)
