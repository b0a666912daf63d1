"""Sources: packed or not, in the encodings that occur, within limits."""

from __future__ import annotations

import codecs
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.formats.source import Limits, Source, decode

TEXT = "Crème brûlée – a study\nof 注意機構\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT[:5].encode()) + gzip.compress(TEXT[5:].encode()),
    ],
)
def test_text_is_the_same_in_any_encoding(data: bytes) -> None:
    source = Source("some.bin", data=data)
    assert source.text() == TEXT
    assert "".join(source.chunks()) == TEXT
    assert source.sample().text == TEXT
    assert [line for _, line in source.lines()] == TEXT.splitlines()


def test_text_that_is_no_utf8_is_windows_1252() -> None:
    assert Source("old.txt", data="naïve “list”\n".encode("cp1252")).text() == "naïve “list”\n"


def test_one_stray_byte_spoils_one_line_only() -> None:
    assert decode("café\n".encode() + b"na\xefve\n" + "é".encode()) == "café\nnaïve\né"


def test_a_file_is_packed_or_not_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "plain.gz").write_text(TEXT, encoding="utf-8")
    (tmp_path / "packed.txt").write_bytes(gzip.compress(TEXT.encode()))
    assert [Source(path.name, path).text() for path in sorted(tmp_path.iterdir())] == [TEXT, TEXT]


def test_more_than_the_limit_is_refused_packed_or_not() -> None:
    data = b"x" * 3_000_000
    for each in (data, gzip.compress(data)):
        with pytest.raises(ReadingListError, match="more than 2 MB when unpacked"):
            Source("bomb", data=each).text(Limits(unpacked_bytes=2_000_000))
        assert len(Source("bomb", data=each).text(Limits.of(large=True))) == 3_000_000


def test_damaged_packing_is_said() -> None:
    whole = gzip.compress(TEXT.encode() * 100)
    for damaged in (whole[:-20], whole[:12] + b"\xff\xff\xff\xff" + whole[16:], whole[:5]):
        with pytest.raises(ReadingListError, match="damaged or cut off"):
            Source("a.gz", data=damaged).text()


def test_missing_file_and_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(ReadingListError, match="no such file"):
        Source("absent.bib", tmp_path / "absent.bib").sample()
    with pytest.raises(ReadingListError, match="no such file"):
        Source("absent.bib", tmp_path / "absent.bib").size_bytes()
    with pytest.raises(ReadingListError, match="folder"):
        Source("here", tmp_path).text()


def test_messages_name_a_source_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadingListError) as caught:
        Source("absent.bib", tmp_path / "absent.bib").text()
    assert str(tmp_path) not in str(caught.value)


def test_sample_ends_with_a_whole_character() -> None:
    sample = Source("long", data=("é" * 100_000).encode()).sample()
    assert not sample.whole
    assert set(sample.text) == {"é"}
    odd = Source("long", data=("x" + "é" * 100_000).encode()).sample()
    assert set(odd.text) == {"x", "é"}


def test_overlong_line_is_left_out_and_counted() -> None:
    source = Source("long", data=b"a\n" + b"b" * 300 + b"\nc\r\n")
    assert list(source.lines(longest_bytes=100)) == [(1, "a"), (2, None), (3, "c")]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_chunks_and_text_agree(text: str) -> None:
    source = Source("any", data=text.encode())
    if not text.startswith("\ufeff"):
        assert "".join(source.chunks()) == source.text() == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "a.bib")
    held = os.open(tmp_path / "a.bib", os.O_RDWR)  # somebody may write, some day
    monkeypatch.setattr(Path, "is_file", lambda _path: True)
    with pytest.raises(ReadingListError, match="device"), Source("a.bib", tmp_path / "a.bib").open():
        pass
    os.close(held)


def test_a_file_of_the_system_s_that_has_nothing_to_give_yet_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kmsg").write_bytes(b"")
    source = Source("kmsg", tmp_path / "kmsg")
    monkeypatch.setattr(Source, "_open_raw", lambda _self: _Waiting())
    with pytest.raises(ReadingListError, match="device"), source.open() as stream:
        stream.read()


class _Waiting(io.BytesIO):
    """What a file gives that was opened without waiting and has nothing at the moment."""

    def read(self, _size: int | None = -1) -> bytes:
        return None  # type: ignore[return-value]
