"""Vectors in files: added, replaced, folded, found damaged; cosines as they are in plain Python."""

from __future__ import annotations

import json
import math
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from readinglist.discover.embedding_files import EmbeddingFiles, print_of

_DIMENSIONS = 4


def opened(folder: Path, model: str = "m") -> EmbeddingFiles:
    return EmbeddingFiles(folder, model, _DIMENSIONS)


def unit(*numbers: float) -> list[float]:
    length = math.hypot(*numbers)
    return [number / length for number in numbers]


def put(files: EmbeddingFiles, vectors: dict[int, list[float]], last_seq: int = 1) -> None:
    files.folder.mkdir(parents=True, exist_ok=True)
    rows = [(number, print_of(str(vector))) for number, vector in vectors.items()]
    files.add(rows, np.array(list(vectors.values()), np.float32), last_seq)


def some(count: int, seed: int = 3) -> dict[int, list[float]]:
    drawn = random.Random(seed)
    return {number: unit(*(drawn.gauss(1, 1) for _ in range(_DIMENSIONS))) for number in range(1, count + 1)}


def near(files: EmbeddingFiles, asked: list[int], numbers: list[int]) -> list[float]:
    found = files.current().nearness(np.array(asked), np.array(numbers))
    assert found is not None
    return [round(float(each), 5) for each in found]


def test_nearness_is_the_cosine_from_the_middle_of_all(tmp_path: Path) -> None:
    vectors = some(20)
    put(opened(tmp_path), vectors)
    middle = [sum(column) / len(vectors) for column in zip(*vectors.values(), strict=True)]
    seen = {n: unit(*(a - b for a, b in zip(vector, middle, strict=True))) for n, vector in vectors.items()}
    towards = unit(*(a + b for a, b in zip(seen[3], seen[5], strict=True)))
    wanted = [sum(a * b for a, b in zip(seen[n], towards, strict=True)) for n in vectors]
    assert near(opened(tmp_path), [3, 5], list(vectors)) == pytest.approx(wanted, abs=1e-4)


def test_what_has_no_vector_is_as_near_as_anything(tmp_path: Path) -> None:
    files = opened(tmp_path)
    put(files, some(5))
    assert near(files, [1], [99, 0]) == [0, 0]
    assert files.current().nearness(np.array([99]), np.array([1])) is None
    assert opened(tmp_path / "empty").current().nearness(np.array([1]), np.array([1])) is None


def test_a_later_vector_of_a_paper_stands_for_the_earlier(tmp_path: Path) -> None:
    files = opened(tmp_path)
    vectors = some(6)
    put(files, vectors)
    put(files, {2: vectors[5]}, last_seq=7)
    assert near(files, [5], [2]) == near(files, [5], [5])
    again = opened(tmp_path).current()
    assert (again.count, again.last_seq) == (6, 7)


def test_parts_are_folded_and_what_is_of_no_use_is_deleted(tmp_path: Path) -> None:
    files = opened(tmp_path)
    vectors = some(30)
    for number, vector in vectors.items():
        put(files, {number: vector}, last_seq=number)
    assert len(files.current().names) <= 8
    assert len(list(tmp_path.glob("*.npy"))) == 2 * len(files.current().names)
    other = opened(tmp_path / "other")
    put(other, vectors)
    assert near(files, [4], list(vectors)) == pytest.approx(near(other, [4], list(vectors)), abs=1e-4)


def test_another_model_or_damage_is_nothing(tmp_path: Path) -> None:
    put(opened(tmp_path), some(5))
    assert opened(tmp_path, "other").current().count == 0
    marker = tmp_path / "vectors.json"
    kept = marker.read_text()
    for damaged in ("", "[]", "{}", json.dumps({"model": "m", "parts": [9], "last_seq": 1}), '{"model": "m"'):
        marker.write_text(damaged)
        assert opened(tmp_path).current().last_seq == -1
    marker.write_text(kept)
    (part,) = tmp_path.glob("*.vectors.npy")
    whole = part.read_bytes()
    part.write_bytes(whole[:-8])
    assert opened(tmp_path).current().count == 0
    put(opened(tmp_path), {1: unit(1, 2, 3, 4)})  # beside what is damaged, which may be in use
    assert opened(tmp_path).current().count == 1
    assert not part.exists()


def test_what_another_process_commits_is_seen(tmp_path: Path) -> None:
    mine, other = opened(tmp_path), opened(tmp_path)
    assert mine.current().count == 0
    put(other, some(5))
    assert mine.current().count == 5


def test_a_folder_that_was_thrown_away_is_made_again(tmp_path: Path) -> None:
    files = opened(tmp_path / "vectors")
    with files.alone():
        put(files, some(5))
    shutil.rmtree(tmp_path / "vectors")
    assert files.current().count == 0
    with files.alone():
        put(files, some(3))
    assert files.current().count == 3


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    mine, other = opened(tmp_path), opened(tmp_path)
    with mine.alone() as first, mine.alone() as again, other.alone() as elsewhere:
        assert (first, again, elsewhere) == (True, False, False)
    with other.alone() as first:
        assert first


def test_any_damage_to_a_file_is_borne(tmp_path: Path) -> None:
    put(opened(tmp_path / "whole"), some(10))
    drawn = random.Random(2030)
    for _ in range(300):
        shutil.rmtree(tmp_path / "harmed", ignore_errors=True)
        shutil.copytree(tmp_path / "whole", tmp_path / "harmed")
        file = drawn.choice([each for each in sorted((tmp_path / "harmed").iterdir()) if each.suffix != ".lock"])
        data = bytearray(file.read_bytes())
        if drawn.random() < 0.6:
            data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
        else:  # as after a power cut
            del data[drawn.choice((0, 1, 50, 128, len(data) - 1)) :]
        file.write_bytes(data)
        files = opened(tmp_path / "harmed")
        files.current().nearness(np.array([3, 5]), np.arange(12))
        with files.alone() as alone:
            assert alone
            files.add([(50, 1)], np.ones((1, _DIMENSIONS), np.float32), 9)
        assert files.current().nearness(np.array([50]), np.arange(12)) is not None
