"""LaTeX to text and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.latex import is_balanced, latex_to_text, maths, text_to_latex
from tests.pace import within


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"plain text", "plain text"),
        (r"M{\"u}ller and M\"uller and M\"{u}ller and {M}{\"{u}}ller", "Müller and Müller and Müller and Müller"),
        (r"Fran{\c c}ois, Fran\c{c}ois, Erd\H{o}s, Erd{\H o}s", "François, François, Erdős, Erdős"),
        (r"na{\"\i}ve, na\"{\i}ve, na\" ive", "naïve, naïve, naïve"),
        (r"Gr{\o}nb{\ae}k \AA rhus \L{}\'od\'z \ss", "Grønbæk Århus Łódź ß"),
        (r"{\'{E}}tudes {\v S}koda \.Zak {\k a} {\r a} \d{h} \b{b}", "Études Škoda Żak ą å ḥ ḇ"),
        (r"\'\i\ \t{oo}", "í o͡o"),
        (r"{The} {CORDIC} {{Algorithm}}", "The CORDIC Algorithm"),
        (r"R\&D 50\% \$5 \#1 a\_b \{x\}", "R&D 50% $5 #1 a_b {x}"),
        (r"50% of it", "50% of it"),
        (r"\textit{Homo} \emph{sapiens} {\bf bold} {\em x}", "Homo sapiens bold x"),
        (r"16\textsuperscript{th} CO\textsubscript{2} x\textsuperscript{2}", "16th CO₂ x²"),
        (r"pages 1--20 --- ``quoted''", "pages 1–20 — “quoted”"),
        (r"Knuth~D.\ E.", "Knuth D. E."),
        (r"$\alpha_{1}$-order of \(n^2\) and $O(n \log n)$", r"$\alpha_{1}$-order of $n^2$ and $O(n \log n)$"),
        (r"\ensuremath{\alpha} and {$\beta$}", r"$α$ and $\beta$"),
        (r"$5 million and $10", "$5 million and $10"),
        (r"\alpha-helix, \textgreek{b}", "α-helix, b"),
        (r"\LaTeX{} and \TeX\ rules", "LaTeX and TeX rules"),
        (r"\enquote{so} \url{http://x.org/a_b}", "“so” http://x.org/a_b"),
        (r"\noopsort{1973}1973", "1973"),
        (r"\unknown{kept {as} is} \other here", r"\unknown{kept as is} \other here"),
        (r"C:\temp\new", r"C:\temp\new"),
        (r"two\\lines", "two\nlines"),
        (r"\^{} \~{} \textbackslash{}x \textasciitilde", r"^ ~ \x ~"),
        ("lost { brace", "lost  brace"),
        ("lost } brace", "lost  brace"),
        ("ends with \\", "ends with \\"),
        ("ends with \\'", "ends with ´"),
        (r"\'{}", "´"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert latex_to_text(latex) == text


def test_notes_keep_dashes_and_quotes() -> None:
    assert latex_to_text("a -- b ``c'' {d}\n---\n", ligatures=False) == "a -- b ``c'' d\n---\n"


@given(text=st.one_of(st.text(), st.text(alphabet="\\{}$%&#_^~-`'a1 \n")))
def test_text_comes_back_from_latex_and_its_braces_match(text: str) -> None:
    latex = text_to_latex(text)
    assert latex_to_text(latex) == text
    assert is_balanced(latex)


@given(text=st.text(alphabet="\\{}$%&#_^~-`'a1 \n"))
def test_text_comes_back_without_ligatures_too(text: str) -> None:
    assert latex_to_text(text_to_latex(text), ligatures=False) == text


@given(latex=st.text(alphabet="\\{}$%'\"ab1 \n~-`"))
def test_any_latex_is_read(latex: str) -> None:
    latex_to_text(latex)


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\", "$", "\\'", "\\'{", "$a", "$\\", "{$", "\\(", "\\(a", "-", "\\foo{", "~"]
)
def test_a_long_run_of_anything_is_read_in_proportion(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with within(1.5):
        latex_to_text(text)
        text_to_latex(text)


def test_mathematics_is_told_from_money() -> None:
    assert maths("$x$", 0) == 3
    assert maths("$ \\alpha $", 0) == 10
    assert maths("$5 and $10", 0) is None
    assert maths("$ 5 and 6 $", 0) is None
    assert maths("${x$", 0) is None
    assert maths("$$x$$", 0) == 5
