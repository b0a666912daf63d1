r"""What LaTeX in a text looks like without LaTeX: formulas, and the few commands that abstracts are written with.

The stored text stays as it came; this says which stretches of it are shown as something else. Only characters that
fonts of running text have are used: what has none keeps a plain form (`x^{A}` stays `x^A`), and a formula that is
more than a line of signs can say, or that names a command nobody knows, stays as it is.

>>> as_text(r"runs in $\mathcal{O}(n \log n)$ for $\alpha_i \leq \frac{1}{2}$ and \emph{95\%} of $x^{10}$")
'runs in O(n log n) for αᵢ ≤ ½ and 95% of x¹⁰'
>>> as_text("it costs $5 or $10")
'it costs $5 or $10'
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from readinglist.text.latex import latex_to_text, maths
from readinglist.text.math_symbols import SYMBOLS

_BEGINS = re.compile(
    r"(?P<dollar>\$)"
    r"|\\(?P<display>[(\[])"
    r"|(?P<range>(?<=\d)--(?=\d))|(?P<open>``(?=\S))|(?P<close>(?<=\S)'')"
    r"|(?P<escaped>\\[%&#_$])"
    r"|(?P<font>\\(?:emph|textbf|textit|texttt|textsc|textrm|textsf|text|underline|url)\{|\{\\(?:em|it|bf|tt|sc|sl)\s)"
    r"|(?P<accent>\\[\"'`^~=.](?:\{[A-Za-z]\}|[A-Za-z]|\\[ij](?![A-Za-z]))|\\[cvuHk]\{[A-Za-z]\})"
)
_LONGEST = 2_000
_NEAR = 400
"""The argument of a command for a font is not longer."""

_MOST = 2_000
"""So many formulas and commands of a text are looked at."""

_TOKEN = re.compile(r"\\(?P<name>[A-Za-z]+)\*?(?P<gap>[^\S\n]*)|\\(?P<sign>.)|(?P<one>.)", re.DOTALL)
_SUPER = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzβγδθ*′⊤T∘ABDEGHIJKLMNOPRUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵞᵟᶿ*′ᵀᵀ°ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ",
        strict=True,
    )
)
_SUB = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_DOUBLE = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_FRACTIONS = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "1/8": "⅛", "1/10": "⅒"}
_OVER = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "vec": "\u20d7",
    "Hat": "\u0302",
    "Tilde": "\u0303",
    "Bar": "\u0304",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAME = _words(
    """
    mathrm mathbf mathit mathsf mathtt mathcal mathfrak mathscr boldsymbol bm pmb operatorname text textrm textbf
    textit texttt textsf mbox underline emph ensuremath mathop mathord mathbin mathrel boldmath rm bf it cal
    """
)
_GONE = _words(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr limits nolimits displaystyle
    textstyle scriptstyle nonumber
    """
)
_UPRIGHT = _words(
    """
    mathrm mathsf mathtt operatorname text textrm textbf textsf texttt mbox rm
    """
)
_FUNCTIONS = _words(
    """
    log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan min max sup inf lim arg det dim
    deg gcd ker Pr hom argmin argmax limsup liminf tr poly polylog
    """
)
_SIGNS = {
    "|": "‖",
    "{": "{",
    "}": "}",
    "%": "%",
    "$": "$",
    "&": "&",
    "#": "#",
    "_": "_",
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "!": "",
    "\\": " ",
    "-": "",
    "/": "",
}
_OWN = {
    "quad": " ",
    "qquad": " ",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "to": "→",
    "top": "⊤",
    "intercal": "⊤",
    "circ": "∘",
    "ast": "*",
    "cdot": "·",
    "star": "⋆",
    "colon": ":",
    "prime": "′",
    "dots": "…",
    "ldots": "…",
    "cdots": "⋯",
    "lVert": "‖",
    "rVert": "‖",
    "Vert": "‖",
    "vert": "|",
    "lvert": "|",
    "rvert": "|",
    "mid": " | ",
    "backslash": "\\",
    "epsilon": "ε",
    "varepsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "degree": "°",
    "bmod": " mod ",
    "mod": " mod ",
}
_DEEPEST = 12


class _Unsayable(Exception):
    """A formula that a line of signs cannot say."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a stored text, in code points, that is shown as `text`; `slanted` are the variables in that."""

    start: int
    end: int
    text: str
    slanted: tuple[tuple[int, int], ...] = ()


def shown_pieces(text: str) -> tuple[Shown, ...]:
    """Return the stretches that are shown as something else, in order, not overlapping."""
    return _shown_pieces(text) if any(mark in text for mark in ("$", "\\", "--", "``")) else ()


def as_text(text: str) -> str:
    """Return a text as it is shown."""
    pieces, taken = [], 0
    for shown in shown_pieces(text):
        pieces += [text[taken : shown.start], shown.text]
        taken = shown.end
    return "".join([*pieces, text[taken:]]) if pieces else text


def with_marks(text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, Sequence[tuple[int, int]]]:
    r"""Return a text as it is shown, with marks in it moved along; one in a formula has all of it.

    >>> with_marks(r"an $\alpha$ cat", [(5, 9), (12, 15)])
    ('an α cat', [(3, 4), (5, 8)])
    """
    found = shown_pieces(text)
    if not found:
        return text, marks
    starts = [shown.start for shown in found]
    gained = [0]  # by all pieces before
    for shown in found:
        gained.append(gained[-1] + len(shown.text) - (shown.end - shown.start))

    def moved(place: int, *, is_end: bool) -> int:
        at = bisect_left(starts, place) if is_end else bisect_right(starts, place)
        if at and place < found[at - 1].end:
            start = starts[at - 1] + gained[at - 1]
            return start + len(found[at - 1].text) if is_end else start
        return place + gained[at]

    return as_text(text), [(moved(start, is_end=False), moved(end, is_end=True)) for start, end in marks]


@lru_cache(maxsize=512)
def _shown_pieces(text: str) -> tuple[Shown, ...]:
    found: list[Shown] = []
    closing: list[int] = []
    quoted = False
    at = 0
    for _ in range(_MOST):
        if (begin := _BEGINS.search(text, at)) is None:
            break
        while closing and closing[-1] < begin.start():
            brace = closing.pop()
            found.append(Shown(brace, brace + 1, ""))
        start, at = begin.start(), begin.end()
        if begin["dollar"] or begin["display"]:
            if (made := _formula(text, start)) is not None:
                found.append(made)
                at = made.end
        elif begin["escaped"]:
            found.append(Shown(start, at, begin["escaped"][1]))
        elif begin["range"]:
            found.append(Shown(start, at, "–"))
        elif begin["open"]:
            found.append(Shown(start, at, "“"))
            quoted = True
        elif begin["close"]:
            if quoted:
                found.append(Shown(start, at, "”"))
                quoted = False
        elif begin["accent"]:
            found.append(Shown(start, at, latex_to_text(begin["accent"])))
        elif (end := _closing(text, at)) is not None and (not closing or end < closing[-1]):
            found.append(Shown(start, at, ""))
            closing.append(end)
    found += [Shown(brace, brace + 1, "") for brace in reversed(closing)]
    return tuple(found)


def _closing(text: str, at: int) -> int | None:
    depth = 0
    for place in range(at, min(len(text), at + _NEAR)):
        char = text[place]
        if char == "{":
            depth += 1
        elif char == "}":
            if not depth:
                return place
            depth -= 1
    return None


def _formula(text: str, start: int) -> Shown | None:
    if text[start] == "$":
        end = maths(text, start)
        if end is None:
            return None
        marks = 2 if text.startswith("$$", start) else 1
    else:
        closing = text.find("\\)" if text[start + 1] == "(" else "\\]", start + 2, start + _LONGEST)
        if closing < 0:
            return None
        end, marks = closing + 2, 2
    try:
        said, slanted = _Formula(text[start + marks : end - marks]).said()
    except _Unsayable:
        return None
    return Shown(start, end, said, slanted) if said else None


def formula_text(formula: str) -> str:
    r"""Return what is between the dollars as a line of signs, or as it is where that cannot be.

    >>> formula_text(r"\hat{y}_{t+1} = \sqrt{x^2+1}"), formula_text(r"\begin{pmatrix} 1 \end{pmatrix}")
    ('ŷₜ₊₁ = √(x²+1)', '\\begin{pmatrix} 1 \\end{pmatrix}')
    """
    try:
        return _Formula(formula).said()[0]
    except _Unsayable:
        return formula


class _Formula:
    """Reads one formula from left to right; each argument is a formula of its own."""

    def __init__(self, source: str, depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise _Unsayable
        self._source = source
        self._depth = depth
        self._at = 0
        self._out: list[tuple[str, bool]] = []

    def said(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the signs, and where the variables are in them."""
        while self._at < len(self._source):
            self._next()
        text = ""
        slanted = []
        for piece, is_variable in self._out:
            if piece.isspace() and text[-1:].isspace():
                continue
            if is_variable:
                slanted.append((len(text), len(text) + len(piece)))
            text += piece
        lead = len(text) - len(text.lstrip())
        return text.strip(), tuple((a - lead, b - lead) for a, b in slanted)

    def _next(self) -> None:
        token = _TOKEN.match(self._source, self._at)
        assert token is not None
        self._at = token.end()
        if token["name"]:
            self._command(token["name"], token["gap"])
        elif token["sign"]:
            if token["sign"] not in _SIGNS:
                raise _Unsayable
            self._put(_SIGNS[token["sign"]])
        else:
            self._character(token["one"])

    def _character(self, char: str) -> None:
        if char in "^_":
            self._script(self._argument(), raised=char == "^")
        elif char == "{":
            self._at -= 1
            inner, slanted = self._inner()
            self._put_said(inner, slanted)
        elif char == "}" or char == "$":
            raise _Unsayable
        elif char in "&~\n":
            self._put(" ")
        elif char == "-":
            self._put("−")
        elif char == "'":
            self._put("′")
        else:
            self._put(char, char.isascii() and char.isalpha())

    def _command(self, name: str, gap: str) -> None:
        if name in _GONE:
            if self._source[self._at : self._at + 1] == ".":
                self._at += 1
        elif name in _FUNCTIONS:
            self._function(name)
        elif name in ("frac", "tfrac", "dfrac", "nicefrac"):
            above, below = self._argument(), self._argument()
            both = f"{_grouped(above)}/{_grouped(below)}"
            self._put(_FRACTIONS.get(both, both))
        elif name == "sqrt":
            root = "√"
            if self._source[self._at : self._at + 1] == "[":
                end = self._source.find("]", self._at)
                root = {"3": "∛", "4": "∜"}.get(self._source[self._at + 1 : end], "")
                if not root:
                    raise _Unsayable
                self._at = end + 1
            self._put(root + _grouped(self._argument()))
        elif name in _OVER:
            below = self._argument()
            self._put(unicodedata.normalize("NFC", below + _OVER[name]) if len(below) == 1 else below)
        elif name == "mathbb":
            letter = self._argument()
            self._put(_DOUBLE.get(letter, letter))
        elif name in _SAME:
            if self._source[self._at : self._at + 1] == "{":
                inner, slanted = self._inner(as_words=name in _UPRIGHT)
                self._put_said(inner, () if name in _UPRIGHT else slanted)
        elif name in _OWN:
            self._symbol(_OWN[name], gap)
        elif name in SYMBOLS:
            self._symbol(SYMBOLS[name], gap)
        else:
            raise _Unsayable

    def _symbol(self, symbol: str, gap: str) -> None:
        r"""Put a symbol with the writer's room behind it, unless that ended the command (`n\times n`, `\Delta t`)."""
        apart = not self._out or self._out[-1][0][-1:].isspace()
        after = self._source[self._at : self._at + 1]
        ended = (symbol.isalpha() and after.isalnum()) or not (apart or symbol.isalpha())
        self._put(symbol + (" " if gap and not ended else ""))

    def _function(self, name: str) -> None:
        """Put the name of a function with the room around it that TeX gives it."""
        before = self._out[-1][0][-1:] if self._out else ""
        after = self._source[self._at : self._at + 1]
        self._put((" " if before.isalnum() else "") + name + (" " if after.isalnum() or after == "\\" else ""))

    def _script(self, text: str, *, raised: bool) -> None:
        table = _SUPER if raised else _SUB
        bare = text.replace(" ", "")
        if bare and all(char in table for char in bare):
            self._put("".join(table[char] for char in bare))
        elif bare in ("′", "°", "*"):
            self._put(bare)
        else:
            self._put(("^" if raised else "_") + (text if len(bare) == 1 or bare.isalnum() else f"({text})"))

    def _argument(self) -> str:
        """Return what the next group, command or character says."""
        while self._source[self._at : self._at + 1].isspace():
            self._at += 1
        if self._at >= len(self._source):
            raise _Unsayable
        if self._source[self._at] == "{":
            return self._inner()[0]
        token = _TOKEN.match(self._source, self._at)
        assert token is not None
        if token["one"] and token["one"] in "^_}$":
            raise _Unsayable
        if token["name"] and self._source[token.end() : token.end() + 1] == "{":
            end = self._group_end(token.end())
        else:
            end = token.end()
        inner = _Formula(self._source[self._at : end], self._depth + 1)
        self._at = end
        return inner.said()[0]

    def _inner(self, *, as_words: bool = False) -> tuple[str, tuple[tuple[int, int], ...]]:
        end = self._group_end(self._at)
        source = self._source[self._at + 1 : end - 1]
        self._at = end
        if as_words and not set(source) & set("\\$^_{}"):
            return source, ()
        return _Formula(source, self._depth + 1).said()

    def _group_end(self, at: int) -> int:
        depth = 0
        place = at
        while place < len(self._source):
            char = self._source[place]
            if char == "\\":
                place += 1
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
                if not depth:
                    return place + 1
            place += 1
        raise _Unsayable

    def _put(self, text: str, is_variable: bool = False) -> None:
        if text:
            self._out.append((text, is_variable))

    def _put_said(self, text: str, slanted: tuple[tuple[int, int], ...]) -> None:
        self._out += list(_split(text, slanted))


def _split(text: str, slanted: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, bool]]:
    taken = 0
    for start, end in slanted:
        if start > taken:
            yield text[taken:start], False
        yield text[start:end], True
        taken = end
    if taken < len(text):
        yield text[taken:], False


def _grouped(text: str) -> str:
    """Return a part of a fraction or root in parentheses unless it is one number, letter or name."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"
