r"""LaTeX to plain text and back, as bibliographies use it. Knows nothing of BibTeX.

Accents, symbols and commands of the text become Unicode, braces and fonts vanish; mathematics between dollars is
kept as it is written (`$\alpha$`), because that is how papers of other sources hold it. A command that nobody knows
stays in the text. What stands for which symbol is pylatexenc's knowledge; its own reader of LaTeX is not used: it
takes 30 s for what takes one here, cuts a text at a `%`, and runs as deep as the braces do.

>>> latex_to_text(r"{\'E}tudes of {BERT} \& $x^2$ by M{\"u}ller -- 50\%")
'Études of BERT & $x^2$ by Müller – 50%'
>>> text_to_latex("R&D in 50% of $x^2$ {cases}")
'R\\&D in 50\\% of $x^2$ \\{cases\\}'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_SPECIAL = re.compile(r"[\\{}~$]|--|``|''")
_TOKEN = re.compile(
    r"""
      \\(?P<name>[A-Za-z@]+\*?)(?P<gap>[^\S\n]*\n?[^\S\n]*)
    | \\(?P<sign>[^A-Za-z@])
    | (?P<math>\$)
    | (?P<open>\{) | (?P<close>\}) | (?P<tie>~)
    | (?P<ligature>-{2,3}|``|'')
    | (?P<plain>[^\\{}~$`'-]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# No formula is longer; a bound keeps the search from running to the end at every dollar.
_LONGEST_MATH = 2_000
_MATH = re.compile(r"(\$\$?)((?:[^$\\]++|\\.){1,500}+)\1", re.DOTALL)
_ONLY_IN_MATH = re.compile(r"[\\^_]")
_UNSAFE_IN_MATH = re.compile(r"(?<!\\)[%#]|\n\s")  # a comment would begin; a paragraph would end
_BRACE = re.compile(r"\\?[{}]|\\\\")

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
    "u": "\u0306",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "G": "\u030f",
    "U": "\u030e",
    "f": "\u0311",
    "h": "\u0309",
}
_ACCENT_ALONE = {"`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", ".": "˙", '"': "¨", "c": "¸", "v": "ˇ", "u": "˘"}
_SIGNS = {",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\t": " ", "!": "", "/": "", "-": "", "\\": "\n"}
_WORDS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "S": "§",
    "P": "¶",
    "textdagger": "†",
    "textellipsis": "…",
    "textasciigrave": "`",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textdollar": "$",
    "textunderscore": "_",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textnumero": "№",
    "slash": "/",
    "space": " ",
    "newline": "\n",
    "linebreak": "\n",
    "par": "\n\n",
    "item": "\n- ",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Their argument is the text.
_TRANSPARENT = _words(
    """
    textit textbf textsc textrm texttt textsf textup textmd textsl textnormal emph underline uline mbox hbox text
    mathrm mathit mathbf mathsf mathtt mathcal mathbb url path nolinkurl protect relax it bf em rm sc sl sf tt itshape
    bfseries scshape upshape slshape mdseries rmfamily sffamily ttfamily normalfont boldmath unboldmath sout
    scriptsize footnotesize small normalsize large Large uppercase lowercase MakeUppercase MakeLowercase NoCaseChange
    bibinfo natexlab noop mkbibemph mkbibbold mkbibitalic foreignlanguage textgreek textcyrillic centering noindent
    nobreak sloppy leavevmode xspace unskip ignorespaces
    """
)
_DROPPED = _words("noopsort vspace hspace label index begin end SortNoop")
_SUPERIORS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_INFERIORS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_NOT_SYMBOLS = frozenset({"today", "ensuremath", "sqrt", "item", "cite", "ref"})

_Action = Callable[[str], str]


def latex_to_text(latex: str, *, ligatures: bool = True) -> str:
    """Return what a piece of LaTeX says, with mathematics between dollars as it is.

    `ligatures`: `--`, ` `` ` and `''` are the dashes and quotation marks that they are printed as. Takes time in
    proportion to the length, whatever the text.
    """
    if not (_SPECIAL.search(latex) if ligatures else any(mark in latex for mark in "\\{}~")):
        return latex
    if "\\" in latex or "$" in latex or _PARTED_LIGATURE.search(latex):
        return _Decoder(ligatures).decoded(latex)
    text = latex.replace("{", "").replace("}", "").replace("~", " ")
    return _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text) if ligatures else text


class _Decoder:
    """The text so far, a frame for each open brace, and what is to be done with the next argument."""

    def __init__(self, ligatures: bool) -> None:
        self._ligatures = ligatures
        self._out: list[str] = []
        self._waiting: list[_Action] = []
        self._frames: list[tuple[list[str], list[_Action], str]] = []

    def decoded(self, latex: str) -> str:
        at, length = 0, len(latex)
        while at < length:
            token = _TOKEN.match(latex, at)
            assert token is not None
            kind, at = token.lastgroup, token.end()
            if kind == "plain":
                self._plain(token.group())
            elif kind == "gap":
                self._command(token["name"], token["gap"], latex[at : at + 1])
            elif kind == "sign":
                at = self._sign(token["sign"], latex, at)
            elif kind == "open":
                self._frames.append((self._out, self._waiting, "}"))
                self._out, self._waiting = [], []
            elif kind == "close":
                self._close()
            elif kind == "math":
                found = maths(latex, token.start())
                self._atom(latex[token.start() : found] if found else "$")
                at = found or at
            elif kind == "tie":
                self._atom(" ")
            else:
                self._atom(_LIGATURES[token.group()] if self._ligatures else token.group())
        while self._frames:
            self._close()
        self._finish()
        return "".join(self._out)

    def _plain(self, text: str) -> None:
        """Take running text; an argument without braces is its first letter."""
        if self._waiting:
            bare = text.lstrip()
            if not bare:
                return
            self._atom(bare[0])
            text = bare[1:]
        self._out.append(text)

    def _atom(self, text: str) -> None:
        """Take what stands for one argument."""
        while self._waiting:
            text = self._waiting.pop()(text)
        self._out.append(text)

    def _close(self) -> None:
        if not self._frames:
            return  # a brace too many
        self._finish()
        text = "".join(self._out)
        self._out, self._waiting, _ = self._frames.pop()
        self._atom(text)

    def _finish(self) -> None:
        """Do what waits for an argument that does not come."""
        if self._waiting:
            self._atom("")

    def _command(self, name: str, gap: str, following: str) -> None:
        bare = name.rstrip("*")
        if bare in _ACCENTS and len(bare) == 1:
            self._waiting.append(_accent(bare))
        elif bare in _TRANSPARENT:
            return
        elif bare in _DROPPED:
            self._waiting.append(_dropped)
        elif bare in ("textsuperscript", "textsubscript"):
            self._waiting.append(_raised if bare == "textsuperscript" else _lowered)
        elif bare in ("enquote", "mkbibquote"):
            self._waiting.append(_quoted)
        elif bare == "ensuremath":
            self._waiting.append(_in_math)
        elif (symbol := _symbol(bare)) is not None:
            self._atom(symbol)
        elif following == "{":
            self._out.append(f"\\{name}")
            self._waiting.append(_braced)
        else:
            self._atom(f"\\{name}{gap}")

    def _sign(self, sign: str, latex: str, at: int) -> int:
        """Take `\\` and a character that is no letter; return where to go on."""
        if sign in _ACCENTS:
            self._waiting.append(_accent(sign))
        elif sign in "([":
            end = latex.find("\\)" if sign == "(" else "\\]", at, at + _LONGEST_MATH)
            if end > 0 and maths(f"${latex[at:end].strip()}$", 0):
                self._atom(f"${latex[at:end].strip()}$")
                return end + 2
            self._atom(f"\\{sign}")
        elif sign in _SIGNS:
            self._atom(_SIGNS[sign])
        elif sign in "&%$#_{}":
            self._atom(sign)
        else:
            self._atom(f"\\{sign}")
        return at


_PARTED_LIGATURE = re.compile(r"[-`'](?=[{}]{1,20}[-`'])")
_LIGATURE = re.compile(r"-{2,3}|``|''")
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”"}


def _accent(name: str) -> _Action:
    def put(text: str) -> str:
        if not text or text.isspace():
            return _ACCENT_ALONE.get(name, "") + text
        letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
        return unicodedata.normalize("NFC", letter + _ACCENTS[name]) + text[1:]

    return put


def _dropped(_: str) -> str:
    return ""


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _quoted(text: str) -> str:
    return f"“{text}”"


def _in_math(text: str) -> str:
    return text if text.startswith("$") or not text else f"${text}$"


def _raised(text: str) -> str:
    raised = text.translate(_SUPERIORS)
    return raised if not any(char.isascii() for char in raised) else text


def _lowered(text: str) -> str:
    lowered = text.translate(_INFERIORS)
    return lowered if not any(char.isascii() for char in lowered) else text


@lru_cache(maxsize=1)
def _pylatexenc() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db  # takes 30 ms, for few files

    return get_default_latex_context_db()


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str | None:
    """Return the characters that a command stands for ("alpha", "leq"), or None."""
    if name in _WORDS:
        return _WORDS[name]
    if name in _NOT_SYMBOLS:
        return None
    found = getattr(_pylatexenc().get_macro_spec(name), "simplify_repl", None)
    return found if isinstance(found, str) and found and "%" not in found else None


def maths(text: str, at: int) -> int | None:
    """Return where the mathematics that begins with the dollar at `at` ends, or None when it is just a dollar.

    As for pandoc, what may be a price is none, unless it holds what only mathematics does.

    >>> maths("of $x$, say", 3), maths("$5 and $10", 0)
    (6, None)
    """
    found = _MATH.match(text, at)
    if found is None:
        return None
    inner, end = found[2], found.end()
    if len(inner) > _LONGEST_MATH or not is_balanced(inner) or _UNSAFE_IN_MATH.search(inner):
        return None
    if found[1] == "$" and not _ONLY_IN_MATH.search(inner):
        priced = inner[0].isspace() or inner[-1].isspace() or text[end : end + 1].isdecimal()
        return None if priced else end
    return end


def is_balanced(text: str) -> bool:
    r"""Say whether the braces of a text match, for readers that count `\{` as a brace and for those that do not."""
    every = unescaped = 0
    for brace in _BRACE.findall(text):
        if brace == "\\\\":
            continue
        step = 1 if brace[-1] == "{" else -1
        every += step
        if len(brace) == 1:
            unescaped += step
        if every < 0 or unescaped < 0:
            return False
    return every == unescaped == 0


_ANY_BRACE = re.compile(r"[{}]")
_ESCAPED = re.compile(r"[\\{}$&#_%^~]|-(?=-)|`(?=`)|'(?=')")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "-": "-{}",
    "`": "`{}",
    "'": "'{}",
}
_SINGLE_BRACES = _ESCAPES | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


def text_to_latex(
    text: str, *, mathematics: bool = True, plain: Callable[[str, Callable[[str], str]], str] | None = None
) -> str:
    r"""Return LaTeX that says `text`: `latex_to_text` gives it back; the braces in it are balanced, whatever the text.

    Mathematics between dollars stays as it is unless `mathematics` is false; letters stay Unicode.
    `plain(piece, escape)` may treat the pieces between the mathematics in its own way.
    """
    table = _ESCAPES if _braces_match(text) else _SINGLE_BRACES

    def escape(piece: str) -> str:
        return _ESCAPED.sub(lambda found: table[found.group()], piece)

    treat = plain or (lambda piece, escape: escape(piece))
    if not mathematics or "$" not in text:
        return treat(text, escape)
    pieces, begin = [], 0
    at = text.find("$")
    while at >= 0:
        # A dollar behind a backslash would be read as a sign of its own.
        end = maths(text, at)
        if end is not None:
            pieces += [treat(text[begin:at], escape), text[at:end]]
            begin = end
        at = text.find("$", end or at + 1)
    return "".join([*pieces, treat(text[begin:], escape)])


def _braces_match(text: str) -> bool:
    r"""Say whether the braces of a plain text match, so that they can be written `\{` and `\}`."""
    depth = 0
    for brace in _ANY_BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
