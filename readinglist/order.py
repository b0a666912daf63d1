"""Fractional keys: an order in which a move writes one row and nothing is ever renumbered.

A key is a whole number in eight base-62 digits and, where two whole numbers left no room, a fraction behind it
that does not end in "0". Keys compare as text, code point by code point.
After D. Greenspan, "Implementing fractional indexing" (2020).
"""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_WIDTH = 8
_FIRST = _BASE**_WIDTH // 2
_STEP = _BASE**2  # leaves room for some thousand insertions before a fraction is needed


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None stands for the open end.

    Raises ValueError when `before` does not sort before `after`.

    >>> key_between(None, None)
    'V0000000'
    >>> "V0000000" < key_between("V0000000", "V0000001") < "V0000001"
    True
    """
    if before is None and after is None:
        return _digits(_FIRST)
    if after is None:
        return _digits(_whole(before or "") + _STEP)
    if before is None:
        return _digits(_whole(after) - _STEP)
    if before >= after:
        raise ValueError(f"no key between {before!r} and {after!r}")
    low, high = _whole(before), _whole(after)
    if high - low > 1:
        return _digits((low + high) // 2)
    same = low == high
    return before[:_WIDTH] + _fraction_between(before[_WIDTH:], after[_WIDTH:] if same else None)


def keys_between(before: str | None, after: str | None, count: int) -> list[str]:
    """Return `count` ascending keys between two."""
    if count <= 0:
        return []
    if before is None or after is None:
        keys = []
        for _ in range(count):
            key = key_between(None, after) if before is None and after is not None else key_between(before, None)
            keys.append(key)
            before, after = (None, key) if after is not None else (key, None)
        return sorted(keys)
    middle = key_between(before, after)
    left = keys_between(before, middle, (count - 1) // 2)
    return [*left, middle, *keys_between(middle, after, count - 1 - len(left))]


def _whole(key: str) -> int:
    number = 0
    for digit in key[:_WIDTH]:
        number = number * _BASE + _DIGITS.index(digit)
    return number


def _digits(number: int) -> str:
    digits = ""
    for _ in range(_WIDTH):
        number, digit = divmod(number, _BASE)
        digits = _DIGITS[digit] + digits
    return digits


def _fraction_between(low: str, high: str | None) -> str:
    """Return a fraction (digits after the point, not ending in "0") strictly between two; None is one."""
    shared = 0
    while high is not None and shared < len(high) and high[shared] == (low[shared] if shared < len(low) else "0"):
        shared += 1
    if high is not None and shared:
        return high[:shared] + _fraction_between(low[shared:], high[shared:])
    a = _DIGITS.index(low[0]) if low else 0
    b = _DIGITS.index(high[0]) if high else _BASE
    if b - a > 1:
        return _DIGITS[(a + b) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return _DIGITS[a] + _fraction_between(low[1:], None)
