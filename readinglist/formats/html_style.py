"""How the exported page looks. Colours are the window's; nothing is loaded from elsewhere."""

STYLE = """\
:root { --page: #f6f6f4; --sheet: #ffffff; --text: #1d1d1f; --soft: #5f6368; --line: #e3e3df; --link: #1f5fbf;
  --chip: #eeeeea; --note: #faf7ee; --star: #b7791f;
  --yellow: #ffe58a; --green: #b9e8b0; --blue: #b5d8ff; --pink: #ffc4dd; --orange: #ffd0a1; }
@media (prefers-color-scheme: dark) {
  :root { --page: #17181a; --sheet: #1f2124; --text: #e8e8e6; --soft: #a2a6ab; --line: #33363a; --link: #8ab4f8;
    --chip: #2c2f33; --note: #26241d; --star: #f0b95a;
    --yellow: #6b5a14; --green: #2f5b2b; --blue: #254c78; --pink: #713350; --orange: #714619; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: break-word;
  font: 16px/1.55 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem; }
h1 { font-size: 1.6rem; letter-spacing: -0.01em; margin: 0 0 1.25rem; }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.25rem 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; line-height: 1.35; margin: 0 0 0.25rem; letter-spacing: -0.005em; text-wrap: balance; }
h2 a { color: inherit; text-decoration: none; }
h2 a:hover { text-decoration: underline; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
p { margin: 0 0 0.6rem; }
.star { color: var(--star); }
.authors { margin: 0 0 0.15rem; }
.facts, footer { color: var(--soft); font-size: 0.875rem; }
.facts { margin: 0 0 0.6rem; }
.status { font-weight: 600; }
.tags { list-style: none; margin: 0 0 0.75rem; padding: 0; display: flex; flex-wrap: wrap; gap: 0.35rem; }
.tags li { background: var(--chip); border-radius: 999px; padding: 0.1rem 0.6rem; font-size: 0.8125rem; }
mark { background: var(--yellow); color: inherit; border-radius: 3px; padding: 0 0.1em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.green { background: var(--green); }
mark.blue { background: var(--blue); }
mark.pink { background: var(--pink); }
mark.orange { background: var(--orange); }
.comment { border-left: 4px solid var(--yellow); padding: 0.1rem 0 0.1rem 0.85rem; margin: 0.6rem 0; }
.comment.green { border-color: var(--green); }
.comment.blue { border-color: var(--blue); }
.comment.pink { border-color: var(--pink); }
.comment.orange { border-color: var(--orange); }
.comment q { color: var(--soft); font-size: 0.9375rem; }
.comment p { margin: 0.2rem 0 0; white-space: pre-line; }
.note { background: var(--note); border-radius: 8px; padding: 0.75rem 1rem; margin: 0.85rem 0 0; }
.note > :last-child, .abstract > :last-child { margin-bottom: 0; }
.note h1, .note h2, .note h3, .note h4 { font-size: 1rem; margin: 0.6rem 0 0.3rem; }
.note > :first-child { margin-top: 0; }
.note pre { overflow-x: auto; white-space: pre-wrap; }
.note code { font-size: 0.9em; }
.note blockquote { margin: 0 0 0.6rem; padding-left: 0.85rem; border-left: 3px solid var(--line); color: var(--soft); }
.note table { border-collapse: collapse; }
.note td, .note th { border: 1px solid var(--line); padding: 0.2rem 0.5rem; }
footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem 2.5rem; }
@media (max-width: 40rem) {
  main { padding: 1.25rem 0.75rem 0.5rem; }
  article { padding: 1rem; border-radius: 10px; }
}
@media print {
  :root { --page: #fff; --sheet: #fff; --text: #000; --soft: #444; --line: #bbb; --link: #000; --chip: #fff;
    --note: #fff; --star: #000;
    --yellow: #ffe58a; --green: #b9e8b0; --blue: #b5d8ff; --pink: #ffc4dd; --orange: #ffd0a1; }
  body { font-size: 10.5pt; }
  main, footer { max-width: none; padding: 0; }
  article { border: 0; border-bottom: 1px solid var(--line); border-radius: 0; padding: 0 0 0.8rem; }
  h2, .authors, .facts { break-after: avoid; }
  .comment, .note { break-inside: avoid; }
  .note, .tags li { border: 1px solid var(--line); }
  mark, .comment { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
