"""The stamp changes with whatever changes an index."""

from __future__ import annotations

import pytest

from readinglist.index import stamp
from readinglist.index.stamp import Stamp, text_version


def test_the_same_library_has_the_same_stamp() -> None:
    assert Stamp("a") == Stamp("a")
    assert Stamp("a") != Stamp("b")


def test_another_way_to_cut_or_stem_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    version = text_version()
    with monkeypatch.context() as patched:
        patched.setattr(stamp, "forms", str.split)
        assert text_version() != version
    with monkeypatch.context() as patched:
        patched.setattr(stamp, "stem", str)
        assert text_version() != version
    assert text_version() == version
