"""The signs that commands of LaTeX stand for in formulas, those that abstracts use.

pylatexenc knows more, but takes 30 ms to import, which is too long while somebody turns the pages.
"""

_PAIRS = """
    alpha α  beta β  gamma γ  delta δ  zeta ζ  eta η  theta θ  iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ
    omicron ο  pi π  rho ρ  sigma σ  tau τ  upsilon υ  chi χ  psi ψ  omega ω  Gamma Γ  Delta Δ  Theta Θ
    Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω  vartheta ϑ  varpi ϖ  varrho ϱ  varsigma ς
    leq ≤  geq ≥  neq ≠  ll ≪  gg ≫  sim ∼  simeq ≃  approx ≈  cong ≅  equiv ≡  propto ∝  prec ≺  succ ≻
    preceq ≼  succeq ≽  subset ⊂  supset ⊃  subseteq ⊆  supseteq ⊇  subsetneq ⊊  in ∈  notin ∉  ni ∋  parallel ∥
    perp ⊥  lesssim ≲  gtrsim ≳  leqslant ≤  geqslant ≥  triangleq ≜  doteq ≐  asymp ≍  vdash ⊢  dashv ⊣  pm ±
    mp ∓  times ×  div ÷  cap ∩  cup ∪  setminus ∖  oplus ⊕  otimes ⊗  ominus ⊖  odot ⊙  wedge ∧  vee ∨
    bullet ∙  diamond ♢  uplus ⊎  sqcap ⊓  sqcup ⊔  amalg ⨿  dagger †  rightarrow →  leftarrow ←
    leftrightarrow ↔  Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  longrightarrow ⟶  longleftarrow ⟵
    Longrightarrow ⟹  mapsto ↦  hookrightarrow ↪  rightharpoonup ⇀  uparrow ↑  downarrow ↓  nearrow ↗  searrow ↘
    rightsquigarrow ⇝  sum ∑  prod ∏  int ∫  oint ∮  coprod ∐  bigcup ⋃  bigcap ⋂  bigoplus ⊕  bigotimes ⊗
    partial ∂  nabla ∇  infty ∞  forall ∀  exists ∃  nexists ∄  emptyset ∅  varnothing ∅  lnot ¬  aleph ℵ
    hbar ħ  ell ℓ  wp ℘  angle ∠  square □  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  vdots ⋮
    ddots ⋱  therefore ∴  because ∵  surd √  copyright ©  S §  P ¶  dag †  texttimes ×  dotsc …  preccurlyeq ≼
    textmu µ  AA Å  texttrademark ™  textemdash —  sharp ♯  dddot ⃛  circledast ⊛  iff ⇔  implies ⇒  gets ←
    land ∧  lor ∨  checkmark ✓  neg ¬
"""

SYMBOLS: dict[str, str] = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))
"""Signs by the command's name, without its backslash."""
