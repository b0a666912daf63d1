"""arXiv is asked every three seconds at most, others every second, machines near by at once."""

from __future__ import annotations

import pytest

from readinglist.feeds.manners import Manners
from readinglist.progress import Cancelled


class Time:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def waited(manners: Manners, time: Time, host: str) -> float:
    before = time.now
    manners.wait(host, lambda: None)
    return round(time.now - before, 3)


def test_all_of_arxiv_is_one_server() -> None:
    time = Time()
    manners = Manners(now=lambda: time.now, sleep=time.sleep)
    assert waited(manners, time, "rss.arxiv.org") == 0
    assert waited(manners, time, "export.arxiv.org") == 3
    time.now += 2
    assert waited(manners, time, "arxiv.org") == 1


def test_others_get_a_second_and_machines_near_by_none() -> None:
    time = Time()
    manners = Manners(now=lambda: time.now, sleep=time.sleep)
    assert [waited(manners, time, host) for host in ("example.org", "example.org", "example.com")] == [0, 1, 0]
    assert [waited(manners, time, host) for host in ("127.0.0.1", "127.0.0.1", "::1", "localhost")] == [0, 0, 0, 0]


def test_what_was_asked_before_counts() -> None:
    time = Time()
    manners = Manners(now=lambda: time.now, sleep=time.sleep)
    manners.asked("rss.arxiv.org", seconds_ago=1)
    assert waited(manners, time, "export.arxiv.org") == 2


def test_waiting_can_be_stopped() -> None:
    time = Time()
    manners = Manners(now=lambda: time.now, sleep=time.sleep)
    manners.asked("arxiv.org")

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        manners.wait("arxiv.org", stop)
    assert time.now == 100
