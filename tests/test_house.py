"""The house limits, as a check: sizes, catch-alls, reasons, nothing machine-made or secret."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE_FOLDERS = ("bot", "agent", "db", "tests", "benchmarks")
PAGE_FOLDER = ROOT / "bot" / "playground" / "page"
LINES_AT_MOST = 400
FUNCTION_LINES_AT_MOST = 50

CATCH_ALLS = {
    "bot/turns.py": "a turn in Slack",
    "bot/terminal/turn.py": "a turn in the terminal",
    "bot/app.py": "the app's error listener",
    "bot/schedule.py": "a job's tick",
    "db/logfiles.py": "a log in somebody's bucket",
    "bot/playground/workspace/state.py": "a listener of the playground's, while a change is told to the others",
}
"""Where `except Exception` may stand, once a file."""

# Each pattern is broken in two, so that this file does not hold what it looks for.
SECRETS = re.compile(
    "|".join(
        (
            "xox[abpres]-[0-9]{6,}" + "-",
            "xapp-1-" + "A[A-Z0-9]{8,}",
            "AKIA" + "[0-9A-Z]{16}",
            "gh[pousr]_" + "[A-Za-z0-9]{30,}",
            "sk-(?:proj-)?" + "[A-Za-z0-9_]{24,}",
            "up_" + "[A-Za-z0-9]{24,}",
            "-----BEGIN" + " [A-Z ]*PRIVATE KEY",
        )
    )
)
MACHINE_PATHS = re.compile(
    "|".join(("/ho" + r"me/\w+", "/Us" + r"ers/\w+", "/ro" + r"ot\b", "/wo" + r"rk/\w+", r"\b[A-Z]:\\" + "Users"))
)
OPEN_ENDS = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|X" + r"XX|HA" + r"CK)\b")
HTML_MAKERS = re.compile(
    r"\b(?:(?:inner|outer)HTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|DOMParser|srcdoc)\b"
    r"|document\.write|\beval\(|\bFunction\(|https?://(?!www\.w3\.org/)[a-z]"
)
"""What could make elements of a message's text, or fetch anything from outside: the page has none of it."""
SILENCED = re.compile(
    r"#\s*(?:type:\s*ignore|noqa)(?P<codes>(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)(?P<rest>.*)"
)
WAITING = re.compile(r"\bsleep" + r"\(\s*(?!0\s*\))[\d.]")

TEXT_ENDINGS = {
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".toml",
    ".sql",
    ".txt",
    ".cfg",
    ".ini",
    ".jsonl",
    ".html",
    ".js",
    ".css",
    ".mako",
}


def _kept() -> list[Path]:
    """Every file the project consists of: what git tracks, else whatever lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    return [path for folder in SOURCE_FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]


KEPT = _kept()
MODULES = [path for path in KEPT if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in SOURCE_FOLDERS]
TEXTS = [
    path for path in KEPT if path.suffix in TEXT_ENDINGS or path.name in {"Makefile", "Procfile", ".env.example", "run"}
]


def _found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """`file:line: text` for each line that holds the pattern."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


PAGE = [path for path in KEPT if path.is_relative_to(PAGE_FOLDER) and path.suffix in (".js", ".css", ".html")]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_check_looks_at_the_whole_project() -> None:
    seen = {path.relative_to(ROOT).parts[0] for path in MODULES}
    assert {"bot", "agent", "db", "tests"} <= seen


def test_no_file_is_too_long() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in [*MODULES, *PAGE]
    }
    assert {name: size for name, size in sizes.items() if size > LINES_AT_MOST} == {}


def test_the_page_makes_no_html_of_text_and_fetches_nothing_from_outside() -> None:
    assert len(PAGE) > 20
    found = {path.name: HTML_MAKERS.findall(path.read_text(encoding="utf-8")) for path in PAGE}
    assert {name: makers for name, makers in found.items() if makers} == {}


def test_no_function_is_too_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines"
        for path in MODULES
        for name, lines in _functions(path)
        if lines > FUNCTION_LINES_AT_MOST
    ]
    assert long == []


def test_no_function_is_too_complex() -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--quiet",
        "--select",
        "C901",
        "--output-format",
        "concise",
    ]
    checked = subprocess.run([*command, *SOURCE_FOLDERS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if (text := path.read_text(encoding="utf-8")).strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


def test_catch_alls_stand_in_their_places_only() -> None:
    found: list[str] = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node):
                found.append(path.relative_to(ROOT).as_posix())
    spare = sorted(name for name in found if name not in CATCH_ALLS or found.count(name) > 1)
    assert spare == []


def _catches_all(node: ast.ExceptHandler) -> bool:
    """`except Exception` or wider, unless it raises again whatever it caught."""
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    is_wide = any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds
    )
    last = node.body[-1]
    return is_wide and not (isinstance(last, ast.Raise) and last.exc is None)


def test_everything_silenced_has_its_code_and_its_reason() -> None:
    bare = []
    for line in _found(SILENCED, [path for path in MODULES if path != Path(__file__)]):
        found = SILENCED.search(line)
        assert found is not None
        if not found["codes"] or not re.search(r"\w{3,}", found["rest"]):
            bare.append(line)
    assert bare == []


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        (OPEN_ENDS, [path for path in TEXTS if path.suffix != ".jsonl"]),
        (MACHINE_PATHS, TEXTS),
        (SECRETS, TEXTS),
        (WAITING, [path for path in MODULES if "tests" in path.parts]),
    ],
    ids=["open ends", "machine paths", "secrets", "sleeping tests"],
)
def test_nothing_of_this_kind_is_kept(pattern: re.Pattern[str], paths: list[Path]) -> None:
    assert _found(pattern, paths) == []
