"""Fuzz one reader of foreign text with inputs that find their own way into its code (atheris, libFuzzer).

    python tests/faults/fuzz_guided.py TARGET SECONDS SEED [FOLDER]

TARGET is a format that can be read, `any` (the format is recognised), `opml`, `query`, or `note` (as HTML). The first
inputs are those of tests/faults/corpus, the damaged files of the tests and what the program itself writes. What a
fault is, is said by the fuzzers that this one drives: fuzz_formats.py, fuzz_query.py, fuzz_markdown.py; a reader that
takes 20 seconds or 1.5 GB is one too. SECONDS are of the processor, so that a run beside other work is as long as one
alone. Each fault of its kind is written once to FOLDER (else a temporary one), and the
fuzzing goes on; the inputs that reached something new are kept in FOLDER/inputs/TARGET, and the next run with the same
FOLDER begins with them. Prints a summary; exit status 1 if there was any. Needs the extra `fuzz`: not every system has
wheels of atheris, and what Qt does with a note is no Python that could be guided, so fuzz_markdown.py throws what it
makes up.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_HERE = Path(__file__).resolve().parent
_LARGEST_BYTES = 8_192
_SLOW_S, _HANGS_S = 20, 300
"""Seconds of the processor for one input; and by the clock, after which libFuzzer ends the process: it hangs."""
_WHERE = re.compile(r'File "(?:.*[/\\])?([^"]+)", line (\d+)')


def _target(name: str) -> Callable[[bytes], str | None]:
    """Return what says what is wrong with how an input is dealt with."""
    if name == "query":
        query = importlib.import_module("tests.faults.fuzz_query")
        return lambda data: query.fault(data.decode("utf-8", "replace"))  # type: ignore[no-any-return]
    if name == "note":
        markdown = importlib.import_module("tests.faults.fuzz_markdown")
        return lambda data: markdown.html_fault(data.decode("utf-8", "replace"))  # type: ignore[no-any-return]
    formats = importlib.import_module("tests.faults.fuzz_formats")
    if name == "opml":
        return formats.opml_fault  # type: ignore[no-any-return]
    return lambda data: formats.fault(data, None if name == "any" else name)[0]  # type: ignore[no-any-return]


def _first_inputs(name: str) -> Iterator[bytes]:
    """Yield the inputs to begin with: all of the kind; which of them say something to the target is found out."""
    kind = {"query": "query", "note": "markdown", "opml": "opml"}.get(name, "formats")
    for file in sorted((_HERE / "corpus" / kind).iterdir()):
        yield file.read_bytes()[:_LARGEST_BYTES]
    if kind == "formats":
        for seed in importlib.import_module("tests.faults.fuzz_formats").seeds():
            yield seed.data[:_LARGEST_BYTES]


def _dictionary(name: str) -> Iterator[str]:
    """Yield the pieces of the language, as lines of a dictionary of libFuzzer."""
    fuzzer = {"query": "fuzz_query", "note": "fuzz_markdown"}.get(name, "fuzz_formats")
    pieces = importlib.import_module(f"tests.faults.{fuzzer}").PIECES
    for piece in [*pieces, *sorted(_own_words(name))]:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
        if 0 < len(data) <= 60:
            yield '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"\n'


def _own_words(name: str) -> set[str]:
    """Return the words that the reader of a format looks for: what it, and what it imports, has in quotes."""
    from readinglist.formats.table import FORMATS

    if (target := FORMATS.get(name)) is None or target.read is None:
        return set()
    trees = [_syntax_of(inspect.unwrap(target.read).__module__)]
    imported = {node.module for node in ast.walk(trees[0]) if isinstance(node, ast.ImportFrom) and node.module}
    trees += [_syntax_of(module) for module in sorted(imported) if module.startswith("readinglist.formats.")]
    texts: set[str] = set()
    for tree in trees:
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said]
        texts |= {node.value for node in constants if isinstance(node.value, str)}
    return {word for text in texts for word in re.findall(r"[A-Za-z][\w:-]{1,29}", text)}


def _syntax_of(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


def _kind_of(wrong: str) -> str:
    """Return what a fault has in common with others like it: where it was raised, or its words without numbers."""
    places = _WHERE.findall(wrong)
    if places:
        return f"{'-'.join(places[-1])}-{wrong.strip().splitlines()[-1].split(':')[0]}"
    return re.sub(r"\W+", "-", re.sub(r"\d+", "N", wrong.partition(": ")[0]))[:60]


def fuzz(name: str, folder: Path, seconds: float, options: list[str]) -> None:
    """Fuzz for so many seconds of the processor, or until libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["readinglist", "markdown_it", "yaml"]):
        fault = _target(name)
    known: set[str] = set()

    def once(data: bytes) -> None:
        began = time.process_time()
        try:
            wrong = fault(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the find
            wrong = "".join(traceback.format_exception(error))
        ended = time.process_time()
        if not wrong and ended - began > _SLOW_S:
            wrong = f"slow: {ended - began:.1f} s"
        if ended > seconds:
            os.kill(os.getpid(), signal.SIGUSR1)  # libFuzzer then tells its figures and ends with 0
        if wrong and (kind := _kind_of(wrong)) not in known:
            known.add(kind)
            (folder / f"{name}-{len(known)}").write_bytes(data)
            (folder / f"{name}-{len(known)}.why").write_text(wrong, encoding="utf-8", errors="backslashreplace")

    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


def main() -> int:
    """Run from the command line: a process that is fuzzed, and here what became of it."""
    if sys.argv[1] == "--fuzz":
        fuzz(sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]), sys.argv[5:])
        return 0
    name, seconds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = Path(sys.argv[4] if len(sys.argv) > 4 else tempfile.mkdtemp(prefix="fuzz-guided-"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        inputs = Path(made, "inputs")
        inputs.mkdir()
        for number, data in enumerate(_first_inputs(name)):
            (inputs / str(number)).write_bytes(data)
        Path(made, "dictionary").write_text("".join(_dictionary(name)))
        kept = folder / "inputs" / name  # the first folder is where libFuzzer writes what reaches something new
        kept.mkdir(parents=True, exist_ok=True)
        before = sum(1 for _ in kept.iterdir())
        command = [sys.executable, __file__, "--fuzz", name, str(folder), str(seconds), str(kept), str(inputs)]
        command += [f"-seed={seed}", f"-max_len={_LARGEST_BYTES}", f"-timeout={_HANGS_S}"]
        command += [f"-report_slow_units={_HANGS_S}"]
        command += ["-rss_limit_mb=1500", f"-artifact_prefix={folder}/{name}-ended-", "-print_final_stats=1"]
        command += [f"-dict={made}/dictionary"]
        began = os.times()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        ended = os.times()
    runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    reached = re.findall(r"\bcov: (\d+)", done.stderr)
    if runs is None:
        print(done.stderr[-3000:])
    found = [file for file in sorted(folder.glob(f"{name}-*")) if file.suffix != ".why"]
    news = sum(1 for _ in kept.iterdir()) - before
    for file in found:
        why = file.with_name(f"{file.name}.why")
        print(f"{file}: {why.read_text(encoding='utf-8').strip()[-1500:] if why.exists() else 'ended the process'}")
    computing = ended.children_user - began.children_user
    print(
        f"{name}: {runs.group(1) if runs else 'unknown'} inputs, seed {seed}, {ended.elapsed - began.elapsed:.0f} s "
        f"({computing:.0f} s computing), {reached[-1] if reached else '?'} places reached, "
        f"{news} inputs kept, {len(found)} faults"
    )
    return 1 if found or done.returncode or runs is None else 0


if __name__ == "__main__":
    sys.exit(main())
