"""Documents that cannot reach outside themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument

from readinglist.ui.plain_document import (
    MARKDOWN,
    SafeDocument,
    document_text,
    is_renderable,
    tooltip_text,
)


def test_a_picture_of_a_local_file_is_one_pixel(qapp: object, tmp_path: Path) -> None:
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "secret.png"))
    url = QUrl.fromLocalFile(str(tmp_path / "secret.png"))
    plain = QTextDocument().resource(QTextDocument.ResourceType.ImageResource.value, url)
    safe = SafeDocument().resource(QTextDocument.ResourceType.ImageResource.value, url)
    assert plain is None or plain.size() != safe.size()
    assert (safe.width(), safe.height()) == (1, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_laying_out_a_picture_of_a_pipe_does_not_wait_for_it(qapp: object, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    document = SafeDocument()
    document.setHtml(f"<img src='{pipe.as_uri()}'><img src='file:///dev/zero'>")
    assert document.size().height() > 0


def test_markdown_keeps_html_as_text(qapp: object) -> None:
    document = SafeDocument()
    document.setMarkdown("a <img src='file:///dev/zero'> b", MARKDOWN)
    assert "<img" in document.toPlainText()


@pytest.mark.parametrize("text", ["an _eel_ here", "an *eel* here"])
def test_emphasis_is_slanted_and_not_underlined(qapp: object, text: str) -> None:
    document = SafeDocument()
    document.setMarkdown(text, MARKDOWN)
    assert document.toPlainText() == "an eel here"
    cursor = QTextCursor(document)
    cursor.setPosition(4)
    assert (cursor.charFormat().fontItalic(), cursor.charFormat().fontUnderline()) == (True, False)


def test_the_text_of_a_document_keeps_no_break_spaces(qapp: object) -> None:
    document = SafeDocument()
    document.setPlainText("5\u00a0000 items\n\n\ttab  ")
    assert document_text(document) == "5\u00a0000 items\n\n\ttab  "


def test_what_would_hold_up_the_window_is_not_rendered() -> None:
    assert is_renderable("# A note\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert not is_renderable("|a" * 5_000)
    assert not is_renderable("a" * 200_000)


def test_a_tooltip_shows_markup_as_text() -> None:
    assert "<img" not in tooltip_text("<img src='file:///dev/zero'>")
