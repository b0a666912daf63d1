"""Tell the parts of personal names. Knows nothing of papers or formats."""

from __future__ import annotations

_PARTICLES = frozenset(
    {"af", "al", "ap", "ben", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos"}
    | {"du", "e", "el", "ibn", "la", "las", "le", "los", "'t", "te", "ten", "ter", "van", "vom", "von", "y", "zu"}
    | {"zum", "zur"}
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def family_name(name: str) -> str:
    """Return the family name of a person whose name is written "Given Family" or "Family, Given".

    >>> [family_name(n) for n in ("Ludwig van Beethoven", "Donald E. Knuth", "Knuth, Donald E.", "Sammy Davis Jr.")]
    ['van Beethoven', 'Knuth', 'Knuth', 'Davis']
    """
    if "," in name:
        return name.split(",", 1)[0].strip() or name.strip()
    parts = name.split()
    while len(parts) > 1 and parts[-1].lower() in _SUFFIXES:
        parts.pop()
    if not parts:
        return name.strip()
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in _PARTICLES and parts[first - 1][0].islower():
        first -= 1
    return " ".join(parts[first:])
