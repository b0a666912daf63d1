"""The pages that stand in place of the papers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from readinglist.ui.views import built_in_views
from tests.ui.conftest import Bench

PAGES = [view.key for view in built_in_views() if view.kind == "page"]


@pytest.mark.parametrize("key", PAGES)
def test_a_page_has_the_fonts_of_the_theme_when_it_is_first_opened(bench: Bench, key: str) -> None:
    bench.go(key)
    page = bench.window._pages.open_page
    assert page is not None
    family = bench.window._switch.theme.font(13).family()
    kinds = (QLabel, QPushButton, QToolButton)
    shown = [part for part in page.findChildren(QWidget) if isinstance(part, kinds) and part.isVisible()]
    assert shown
    assert not [(part, part.text()) for part in shown if part.text() and part.font().family() != family]
    assert max(part.font().pixelSize() for part in shown) > 18  # its title


@pytest.mark.parametrize("key", PAGES)
def test_escape_leaves_a_page_for_the_list(bench: Bench, key: str) -> None:
    bench.go("view:starred")
    bench.go(key)
    page = bench.window._pages.open_page
    assert page is not None
    page.focus_first()
    bench.key("\x1b")
    bench.settle()
    assert not bench.window._pages.is_open
    assert bench.window.sidebar.current_view().key == "view:starred"  # type: ignore[union-attr]


@pytest.mark.parametrize("key", PAGES)
def test_a_page_is_dressed_once_in_a_theme(bench: Bench, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.go(key)
    page = bench.window._pages.open_page
    assert page is not None
    dressed: list[str] = []
    dress = page.set_theme
    monkeypatch.setattr(page, "set_theme", lambda theme: (dressed.append(theme.name), dress(theme)))
    bench.go("view:all")
    bench.go(key)
    assert bench.window._pages.open_page is page
    assert not dressed
    bench.do("actionThemeDark")
    assert dressed == ["dark"]
