"""Look for regular expressions of the program that take more than a time that grows with the length of a text.

    python tests/faults/slow_patterns.py [LENGTH]

Each pattern that stands at the head of a module is tried, in each way in which the module uses it, on texts of LENGTH
(700) characters that repeat one or two, behind a beginning and before an end that it may stumble over. A megabyte would
take such a pattern an hour, and hold up the window all the while. Prints the patterns found; the exit status is 1 if
there are any.
"""

from __future__ import annotations

import importlib
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import readinglist

_ROOT = Path(readinglist.__file__).parent
_REPEATED = [
    *(
        " ",
        "\n",
        "\t",
        "a",
        "A",
        "1",
        "é",
        "-",
        ".",
        ",",
        ";",
        ":",
        "(",
        "[",
        "<",
        "{",
        '"',
        "\\",
        "/",
        "@",
        "#",
        "&",
        "*",
    ),
    *(
        "_",
        "$",
        "a ",
        "1 ",
        ". ",
        "a.",
        "a-",
        "a/",
        "<a",
        " \n",
        "a=",
        "a:",
        "http://",
        "{a",
        "[](",
        " ,",
        "; ",
        "{}",
        "()",
    ),
    *("<>", "A ", "A.", "x;", "\\a", "=", "%", "~", "+", "!", "'", "`", "|", "1.", "1-", "10.1/"),
]
_BEFORE = ("", "a", "{", '"', "http://", "<", "a:", "10.1000/", "arXiv:")
_AFTER = ("", "\x01x!")
_WAYS = "search|split|sub|finditer|findall|match|fullmatch"
_SLOW_S = 0.002
_TRIES = 4
_YARDSTICK, _YARD = re.compile(r"\s+$"), "\n" * 700 + "x"
_YARD_S = 0.0015
"""What the one takes for the other on a processor of 2021 with nothing else to do."""


def patterns() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yield each pattern with its place and the ways in which it is used."""
    for file in sorted(_ROOT.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        names = re.findall(r"^(\w+) = re\.compile\(", source, re.MULTILINE)
        module = (
            importlib.import_module(".".join(file.relative_to(_ROOT.parent).with_suffix("").parts)) if names else None
        )
        for name in names:
            ways = set(re.findall(rf"\b{name}\.({_WAYS})\b", source)) or {"fullmatch"}
            yield f"{file.relative_to(_ROOT)} {name}", getattr(module, name), ways


def seconds(pattern: re.Pattern[str], way: str, text: str) -> float:
    """Return how long one use of a pattern takes, in processor time."""
    begin = time.thread_time()
    if way == "sub":
        pattern.sub("", text)
    elif way == "finditer":
        sum(1 for _ in pattern.finditer(text))
    else:
        getattr(pattern, way)(text)
    return time.thread_time() - begin


def _much(pattern: re.Pattern[str], way: str, text: str, limit: float) -> bool:
    """Say whether a text takes too long also for a machine that is as slow as this one is now."""
    before = seconds(_YARDSTICK, "search", _YARD)
    took = seconds(pattern, way, text)
    return took > limit * max(1.0, before / _YARD_S, seconds(_YARDSTICK, "search", _YARD) / _YARD_S)


def slow_text(pattern: re.Pattern[str], way: str, length: int) -> str | None:
    """Return a text that takes a pattern too long, or None."""
    limit = _SLOW_S * length / 700
    for piece in _REPEATED:
        run = (piece * length)[:length]
        for before in _BEFORE:
            for after in _AFTER:
                text = before + run + after
                if all(seconds(pattern, way, text) > limit and _much(pattern, way, text, limit) for _ in range(_TRIES)):
                    return text
    return None


def found(length: int) -> list[str]:
    """Return what is to be said of each pattern that is too slow."""
    return [
        f"{place}.{way}: {text[:30]!r} … {text[-4:]!r}"
        for place, pattern, ways in patterns()
        if isinstance(pattern.pattern, str)
        for way in sorted(ways)
        if (text := slow_text(pattern, way, length)) is not None
    ]


def main() -> int:
    """Run from the command line."""
    begin = time.perf_counter()
    slow = found(int(sys.argv[1]) if len(sys.argv) > 1 else 700)
    for line in slow:
        print(line)
    count = sum(1 for _ in patterns())
    print(f"{count} patterns, {time.perf_counter() - begin:.0f} s, {len(slow)} slow")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
