"""Garbage is collected in the window's thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from readinglist.ui.collector import Collector

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


class Ring:
    """An object that only the collector can free; it remembers which thread did."""

    freed_in: list[int] = []  # noqa: RUF012 - the test looks at it

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.freed_in.append(threading.get_ident())


def test_a_worker_frees_nothing_and_the_timer_everything(qapp: QApplication) -> None:
    collector = Collector()
    try:
        Ring.freed_in.clear()
        made = weakref.ref(Ring())

        def work() -> None:
            keep = [[n] for n in range(200_000)]
            assert keep

        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
        assert made() is not None
        for _ in range(60):
            keep = [[n] for n in range(1_000)]
            collector.collect()
        assert keep
        gc.collect()
        assert Ring.freed_in == [threading.get_ident()]
    finally:
        collector.close()
    assert gc.isenabled()


def test_a_window_switches_it_off_and_its_end_on_again(bench: Bench) -> None:
    assert not gc.isenabled()
    bench.window.close()
    assert gc.isenabled()
