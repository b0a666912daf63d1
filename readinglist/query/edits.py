"""Count the typing errors between two words. Knows nothing of fields or papers."""

from __future__ import annotations


def within(one: str, other: str, most: int) -> bool:
    """Say whether `other` is at most `most` edits from `one`.

    An edit is a letter put in, left out or replaced, or two neighbours swapped (optimal string alignment: no
    letter takes part in two edits).

    >>> within("tga", "tag", 1), within("fuzy", "fuzzy", 1), within("abc", "cba", 1)
    (True, True, False)
    """
    if abs(len(one) - len(other)) > most:
        return False
    first, shortest = 0, min(len(one), len(other))
    while first < shortest and one[first] == other[first]:
        first += 1
    end = -1
    while first < shortest and one[end] == other[end]:
        end -= 1
        shortest -= 1
    # What both begin and end with costs nothing, and most words that come here differ in a letter or two.
    one, other = one[first : len(one) + end + 1], other[first : len(other) + end + 1]
    if not one or not other or most == 0:
        return max(len(one), len(other)) <= most
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return False
    return row[-1] <= most
