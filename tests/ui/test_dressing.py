"""Another theme is put on in turns of the event loop, with whatever else happens between them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def test_a_list_that_comes_while_a_theme_is_put_on_is_painted(bench: Bench) -> None:
    drawn = random.Random(1)
    for _ in range(25):
        bench.window.resize(*drawn.choice([(1000, 700), (1200, 760), (700, 500)]))
        for action in drawn.sample(["actionSmaller", "actionLarger", "actionThemeDark", "actionThemeLight"], 2):
            bench.window.actions_by_name[action].trigger()
            QTest.qWait(drawn.choice((0, 1, 5, 30)))
        bench.window.pane.search.set_text(drawn.choice(["bias", "tide", ""]))
        bench.settle()
        assert bench.window.pane.papers.painted or not bench.window.pane.papers.isVisible()
