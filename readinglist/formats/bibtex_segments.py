"""Cut BibTeX into stretches that begin where an entry certainly does, so that one is held at a time.

Whatever was left open before, a stretch ends where the next one begins: that is how one broken entry costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# Where a new entry certainly begins, whatever was left open before: at the start of a line, with a key or what an
# entry without one has. Every repetition is bounded, so that no text takes long to look through.
SURE_START = re.compile(
    r"""
    ^[ \t]{0,40}@{1,3}[ \t]{0,10}
    (?: (?:comment|string|preamble)[ \t]{0,20}[{(]
      | [a-z][\w-]{0,60}[ \t]{0,20}[{(]\s{0,40}
        (?: [^,{}="@%\n]{0,300},[ \t]{0,40}(?:[\n%}]|[a-z][\w-]{0,60}\s{0,20}=)
          | [a-z]{1,60}\s{0,20}= ) )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_LONGEST_START = 800
_BRACES = re.compile(r"[{}]")
_LONGEST_REMARK = 1_000_000


def segments(chunks: Iterable[str], longest: int) -> Iterator[tuple[int, str]]:
    """Yield (line, text) from each sure start of an entry to the next; lines end with a newline.

    What is over `longest` is cut off there. A comment that holds entries is one stretch, if its brace is closed at all.
    """
    return _remarks_joined(_cut(_plain_newlines(chunks), longest))


def _plain_newlines(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the text with newlines only, a carriage return at the end of a piece belonging to the next one."""
    rest = ""
    for chunk in chunks:
        if rest or "\r" in chunk:
            chunk = rest + chunk
            rest = "\r" if chunk.endswith("\r") else ""
            chunk = chunk.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        yield chunk
    if rest:
        yield "\n"


def _cut(chunks: Iterable[str], longest: int) -> Iterator[tuple[int, str]]:
    """Yield (line, text) from each sure start to the next; what is over `longest` is cut off there."""
    buffer, line, searched, skipping = "", 1, 0, False
    for chunk in chunks:
        buffer += chunk
        begin = 0
        for found in SURE_START.finditer(buffer, searched):
            if found.start() == begin and not skipping:
                continue
            if not skipping:
                yield line, buffer[begin : found.start()]
            line += buffer.count("\n", begin, found.start())
            begin, skipping = found.start(), False
        buffer = buffer[begin:]
        keep = len(buffer) - _LONGEST_START
        if (skipping or len(buffer) > longest) and keep > 0:
            if not skipping:
                yield line, buffer[:keep]
            line += buffer.count("\n", 0, keep)
            buffer, skipping = buffer[keep:], True
        searched = max(0, len(buffer) - _LONGEST_START)
    if buffer and not skipping:
        yield line, buffer


def _remarks_joined(segments: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the segments; a comment that holds whole entries is one again, when its brace is closed at all."""
    waiting: list[tuple[int, str]] = []
    ended = False
    tried = 0  # segments from here on have been looked through for a closing brace in vain
    while True:
        if not waiting:
            if (segment := next(segments, None)) is None:
                return
            waiting.append(segment)
        line, text = waiting[0]
        depth = _depth_of_remark(text) if line >= tried and text.lstrip(" \t")[:9].lower() == "@comment{" else 0
        if depth <= 0:
            yield waiting.pop(0)
            continue
        size, count = len(text), 1
        while depth > 0 and size < _LONGEST_REMARK and not ended:
            if count == len(waiting):
                if (segment := next(segments, None)) is None:
                    ended = True
                    break
                waiting.append(segment)
            more = waiting[count][1]
            depth = _depth(more, depth)
            size, count = size + len(more), count + 1
        if depth > 0:
            tried = waiting[-1][0] + 1
            yield waiting.pop(0)
        else:
            yield line, "".join(text for _, text in waiting[:count])
            del waiting[:count]


def _depth_of_remark(text: str) -> int:
    """Return how many braces of the comment at the start of a text are open at its end; 0 when it is closed."""
    return _depth(text, 0, text.index("{"))


def _depth(text: str, depth: int, at: int = 0) -> int:
    """Return the depth of braces at the end of a text, or 0 when it is 0 anywhere."""
    for found in _BRACES.finditer(text, at):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return 0
    return depth
