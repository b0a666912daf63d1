"""What ships beside the code is found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist import assets


def test_shipped_files_are_found() -> None:
    assert assets.resource("setup.sh").is_file()
    assert assets.read("setup.sh").startswith(b"#!/bin/sh")


def test_missing_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no/such\.svg"):
        assets.read("no/such.svg")


def test_files_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "readinglist"
    monkeypatch.setattr(assets, "_PACKAGE", package)
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "a.txt").write_text("checkout")
    assert assets.read("a.txt") == b"checkout"
    (package / "resources").mkdir(parents=True)
    (package / "resources" / "a.txt").write_text("installed")
    assert assets.read("a.txt") == b"installed"
