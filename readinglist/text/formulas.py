r"""A formula as a line of signs, with the characters that fonts of running text have.

What has no sign of its own keeps a plain form (`x^{A,B}` becomes `x^(A,B)`). A formula that is more than a line, or
names a command nobody knows, is none.

>>> signs_of(r"\hat{y}_{t+1} = \sqrt{x^2+1}")
('ŷₜ₊₁ = √(x²+1)', ((0, 1),))
>>> signs_of(r"\begin{pmatrix} 1 \end{pmatrix}") is None
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from readinglist.text.math_symbols import SYMBOLS

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


def signs_of(formula: str) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """Return what is between the dollars as signs, and where the variables are in them; None where that cannot be."""
    try:
        return _Formula(formula).said()
    except _Unsayable:
        return None


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
            if len(below) == 1:
                self._put(unicodedata.normalize("NFC", below + _OVER[name]), below.isascii() and below.isalpha())
            else:
                self._put(below)
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
