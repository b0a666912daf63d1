"""A file that Windows refuses for a moment is asked for again; elsewhere a refusal is an answer."""

from __future__ import annotations

import pytest

from readinglist.sharing import patiently


class _Refusing:
    """Refuses so many times, then gives its answer."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.left:
            raise PermissionError("it is being used by another process")
        return "done"


def test_what_is_refused_for_a_moment_is_done_in_the_end() -> None:
    assert patiently(_Refusing(3), patient=True) == "done"


def test_what_is_refused_for_good_is_told() -> None:
    refusing = _Refusing(1_000_000)
    with pytest.raises(PermissionError):
        patiently(refusing, patient=True, seconds=0.03)
    assert refusing.asked > 1


def test_a_refusal_is_an_answer_where_files_may_be_open() -> None:
    refusing = _Refusing(1)
    with pytest.raises(PermissionError):
        patiently(refusing, patient=False)
    assert refusing.asked == 1


def test_other_errors_come_through_at_once() -> None:
    def missing() -> None:
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        patiently(missing, patient=True)
