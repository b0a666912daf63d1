"""JabRef's groups: the tree in `@Comment{jabref-meta: grouping: ...}`, as tags with levels, and back.

    1 StaticGroup:Covid\\;0\\;1\\;0xcc3333ff\\;\\;\\;;
    2 StaticGroup:Vaccines\\;0\\;0\\;0x8a8a8aff\\;\\;\\;;      -> "Covid", "Covid/Vaccines"

Sources: JabRef's GroupsParser and MetaDataSerializer (5.x), and the older `groupstree` that lists keys of entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from readinglist.text.clean import clean_line
from readinglist.text.latex import latex_to_text, text_to_latex

_META = re.compile(r"\s*jabref-meta:\s*(?:grouping|groupstree)\s*:", re.IGNORECASE)
_PART = re.compile(r"((?:\\.|[^;\\])*)(?:;|$)", re.DOTALL)
_GROUP = re.compile(r"\s*(\d{1,4})\s+(\w+):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DEEPEST = 50


@dataclass(slots=True)
class Groups:
    """What the groups of a file say of its entries: tags by a group's name, by an entry's key, and by a keyword."""

    by_name: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, list[str]] = field(default_factory=dict)
    by_keyword: dict[str, list[str]] = field(default_factory=dict)


def read_groups(comment: str, groups: Groups) -> None:
    """Add what a comment says of groups; any other comment says nothing."""
    start = _META.match(comment)
    if start is None:
        return
    way: list[str] = []  # the tag of the last group at each level
    for text in _parts(comment[start.end() :].replace("\n", "")):
        found = _GROUP.match(_ESCAPED.sub(r"\1", text))
        if found is None or found[2] == "AllEntriesGroup":
            continue
        level, kind = max(1, min(int(found[1]), _DEEPEST)), found[2]
        facts = [_ESCAPED.sub(r"\1", fact) for fact in _parts(found[3])]
        name = tag_of(latex_to_text(facts[0])) if facts else ""
        del way[level - 1 :]
        above = way[-1] if way else ""
        # A name that says its whole way itself is one that this program wrote.
        tag = f"{above}/{name}" if above and name and not name.startswith(f"{above}/") else name
        way += [above] * (level - 1 - len(way)) + [tag or above]
        if not name:
            continue
        if kind in ("StaticGroup", "ExplicitGroup"):
            groups.by_name.setdefault(name, tag)
            if kind == "ExplicitGroup":
                for key in facts[2:]:
                    groups.by_key.setdefault(key, []).append(tag)
        elif kind == "KeywordGroup" and len(facts) > 3 and facts[2].lower() == "keywords" and facts[5:6] != ["1"]:
            groups.by_keyword.setdefault(facts[3].casefold(), []).append(tag)


def tag_of(name: str) -> str:
    """Return the tag that a group's name makes: its levels trimmed, none empty."""
    levels = (level.strip() for level in clean_line(name).split("/"))
    return "/".join(level for level in levels if level)


def group_name(tag: str) -> str:
    """Return what a tag is called as a group: itself wherever that is read back as the same."""
    plain = latex_to_text(tag) == tag and not any(sign in tag for sign in "\\{},;")
    return tag if plain else text_to_latex(tag, mathematics=False)


def write_groups(tags: Iterable[str]) -> str:
    """Return the comment that declares `tags` as JabRef's groups, "" without any."""
    wanted = {"/".join(tag.split("/")[:n]) for tag in tags for n in range(1, tag.count("/") + 2)}
    if not wanted:
        return ""
    lines = ["@Comment{jabref-meta: grouping:", "0 AllEntriesGroup:;"]
    for tag in sorted(wanted, key=lambda tag: [(level.casefold(), level) for level in tag.split("/")]):
        name = _escape(_escape(group_name(tag)))
        lines.append(f"{tag.count('/') + 1} StaticGroup:{name}\\;0\\;1\\;0x8a8a8aff\\;\\;\\;;")
    return "\n".join([*lines, "}", ""])


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")


def _parts(text: str) -> list[str]:
    """Return the parts of a text between semicolons without a backslash; what is escaped in them stays so."""
    return [part for found in _PART.finditer(text) if (part := found[1].strip()) or found.end() < len(text)]
