"""Formulas and the commands of abstracts as a line of signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.formulas import signs_of
from readinglist.text.mathematics import as_text, in_markdown, passage_as_text, shown_pieces
from tests.pace import within


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\alpha", "α"),
        (r"\mathcal{O}(n\log n)", "O(n log n)"),
        (r"O(n^2)", "O(n²)"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"x_{ij}^{k+1}", "xᵢⱼᵏ⁺¹"),
        (r"W^{\top}W", "WᵀW"),
        (r"W^T", "Wᵀ"),
        (r"360^\circ", "360°"),
        (r"{360^\circ}", "360°"),
        (r"\frac{1}{2}", "½"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sqrt{n}", "√n"),
        (r"\sqrt[3]{n+1}", "∛(n+1)"),
        (r"\mathbb{R}^d", "ℝᵈ"),
        (r"\mathbb{E}_{x \sim p}[f(x)]", "E_(x ∼ p)[f(x)]"),
        (r"\hat{y}", "ŷ"),
        (r"\ell_2", "ℓ₂"),
        (r"\|w\|_2 \leq 1", "‖w‖₂ ≤ 1"),
        (r"\left( x \right)", "( x )"),
        (r"10^{-3}", "10⁻³"),
        (r"2\times", "2×"),
        (r"x \in \{0,1\}^n", "x ∈ {0,1}ⁿ"),
        (r"\text{max-pool}", "max-pool"),
        (r"\sum_{k=1}^{K} \theta_k", "∑ₖ₌₁ᴷ θₖ"),
        (r"\Leftrightarrow", "⇔"),
        (r"\epsilon\text{-greedy}", "ε-greedy"),
        (r"a' \to b", "a′ → b"),
        (r"\sim 5", "∼ 5"),
        (r"\begin{pmatrix}1\end{pmatrix}", r"\begin{pmatrix}1\end{pmatrix}"),
        (r"\unknown{x}", r"\unknown{x}"),
        (r"x^", "x^"),
        (r"\frac{1}", r"\frac{1}"),
    ],
)
def test_a_formula_becomes_a_line_of_signs(formula: str, said: str) -> None:
    found = signs_of(formula)
    assert (formula if found is None else found[0]) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing to do", "nothing to do"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("a $x$, b $$y^2$$ and \\(z\\)", "a x, b y² and z"),
        (r"in 95\% of R\&D", "in 95% of R&D"),
        ("in 5--10 epochs ``as said'' at 5'' or 3---4", "in 5–10 epochs “as said” at 5'' or 3---4"),
        (r"$\psi = \theta \in A$ and $\Delta t$", "ψ = θ ∈ A and Δt"),
        (r"see \url{https://example.org/a_b} {\em now}", "see https://example.org/a_b now"),
        (r"an $n\times n$ and $n \times n$ matrix", "an n×n and n × n matrix"),
        (r"\emph{very \textbf{bold}} words", "very bold words"),
        (r"Schr\"odinger and Erd\H{o}s", "Schrödinger and Erdős"),
        (r"an \emph{open brace", r"an \emph{open brace"),
        (r"a path C:\new\table", r"a path C:\new\table"),
        ("$x$ and $", "x and $"),
        (r"$\undefined$ stays", r"$\undefined$ stays"),
    ],
)
def test_what_stands_around_a_formula_stays(text: str, shown: str) -> None:
    assert as_text(text) == shown


def test_variables_are_slanted_and_functions_are_not() -> None:
    (piece,) = shown_pieces(r"$O(n \log m)$")
    assert [piece.text[a:b] for a, b in piece.slanted] == ["O", "n", "m"]


@given(st.text(alphabet="ax1$\\{}^_()[] \nfrcqt%&é", max_size=60))
def test_pieces_are_in_order_and_nothing_raises(text: str) -> None:
    pieces = shown_pieces(text)
    at = 0
    for piece in pieces:
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end
        assert all(0 <= a < b <= len(piece.text) for a, b in piece.slanted)


@pytest.mark.parametrize(
    "text",
    [
        "$" * 200_000,
        "\\emph{" * 40_000,
        "$" + "{" * 1_900 + "}" * 1_900 + "$",
        "$" + "^{" * 40 + "x" + "}" * 40 + "$",
        "\\(" * 50_000,
        "$x$ " * 20_000,
        "{" * 100_000 + "\\emph{x}",
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    with within(2):
        as_text(text)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("plain *text*", "plain *text*"),
        (r"**so** $x_A^2$ and $a*b*c$", r"**so** x\_A² and a\*b\*c"),
        (r"`$x^2$` and $x^2$", r"`$x^2$` and x²"),
        ("```\n$x^2$\n```\n$x^2$", "```\n$x^2$\n```\nx²"),
        ("    $x^2$\n\n$x^2$", "    $x^2$\n\nx²"),
        (r"\emph{no} 5--6 and \%", r"\emph{no} 5--6 and \%"),
        ("$5 and $6", "$5 and $6"),
    ],
)
def test_formulas_in_markdown_are_signs_and_all_else_is_left(markdown: str, shown: str) -> None:
    assert in_markdown(markdown) == shown


@pytest.mark.parametrize("text", ["`" * 30_000, "$x$`" * 7_000, "```\n" * 7_000, "`a" * 15_000, "    $x$\n" * 3_000])
def test_hostile_markdown_takes_no_time(text: str) -> None:
    with within(2):
        in_markdown(text)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        (r"for all $i$ and \emph{s", "for all i and s"),
        (r"o on}; the bound is \emph{tight}", "o on; the bound is tight"),
        (r"o on} and \textbf{so", "o on and so"),
        (r"{\em so", "so"),
        (r"a set {x} and \emph{all} of it", "a set {x} and all of it"),
        (r"a set {x", "a set {x"),
    ],
)
def test_a_passage_may_begin_or_end_within_what_a_command_is_for(passage: str, shown: str) -> None:
    assert passage_as_text(passage) == shown
