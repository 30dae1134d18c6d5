"""Every sentence that people are shown stands in the catalogue of messages, and nothing else stands there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from agent.messages import has
from tests.catalogue import entries

ROOT: Final = Path(__file__).parent.parent
HANGUL: Final = re.compile("[ㄱ-ㆎ가-힣]")

WORDS: Final = {
    "agent/attached.py": "the particles that stand behind a name",
    "agent/failures/diagnosis.py": "the words by which a log tells of progress and of errors",
    "agent/headings.py": "how a column's name ends that holds ids or years",
    "agent/memory.py": "how a Korean sentence ends",
    "agent/prompt.py": "the register that the model is to write Korean in",
    "agent/language.py": "the words by which a question's language is told",
    "agent/offer.py": "the ways in which people name a choice",
    "agent/moments.py": "the grammar of dates and of how long something lasts, both by language",
    "agent/evals/": "what answers are measured by",
    "agent/offline/": "the grammar that reads questions and the one that writes answers, both by language",
    "bot/alerts/commands/condition_words.py": "the words that people write conditions in",
    "bot/alerts/commands/verbs.py": "the words that people write behind /mlops alerts",
    "bot/alerts/commands/time_words.py": "the words that people write spans and times of day in",
    "bot/questions.py": "how people ask, and what they say to one another, in both languages",
    "bot/messages/gate.py": "an ending of hosts",
    "bot/playground/": "Slack's own page, which has its sentences beside it and knows nothing of the bot",
    "bot/terminal/chat.py": "the words that people end a conversation with",
    "db/catalog/bounds.py": "how a bound is written, in both languages",
    "db/catalog/meaning.py": "the counter of what catalog.yml gives none",
    "db/catalog/semantics.py": "the counter of what catalog.yml gives none",
    "db/catalog/skeleton.py": "an example of a catalog.yml, for the operator to fill in",
    "db/catalog/lint.py": "the letters that a Korean word has",
    "db/catalog/values.py": "the letters that a Korean name has",
    "db/hangul.py": "the letters themselves",
}
"""The files that may hold Korean, each with what it is there for."""

TOLD: Final = frozenset({"note", "section", "plain", "_plain", "Text", "whisper", "say_lost"})
"""What makes a text that people read of its first argument."""

PROSE: Final = re.compile(r"[A-Za-z]{2,}['’a-z]* [A-Za-z]{2,}")


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """String literals with their lines, without docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def is_allowed(name: str) -> bool:
    return any(is_in(name, path) for path in WORDS)


def is_in(name: str, path: str) -> bool:
    return name == path or (path.endswith("/") and name.startswith(path))


def test_korean_stands_in_the_catalogue_alone() -> None:
    found = [
        f"{name}:{line} {text[:40]}"
        for name, tree in sources("bot", "agent", "db")
        if not is_allowed(name)
        for line, text in strings(tree)
        if HANGUL.search(text)
    ]
    assert not found, "\n".join(found)


def test_each_file_that_may_hold_korean_does() -> None:
    """Else the list would let sentences into files that no longer need it."""
    files = sources("bot", "agent", "db")
    held = [name for name, tree in files if any(HANGUL.search(text) for _, text in strings(tree))]
    for path in WORDS:
        assert any(is_in(name, path) for name in held), path


def test_no_sentence_is_written_where_it_is_shown() -> None:
    """English prose as a literal in what makes a message, a block's text or a label.

    The command line speaks English to the operator, but for what an answer brings with it.
    """
    found = [
        f"{name}:{line} {text[:60]}"
        for name, tree in sources("bot")
        if not name.startswith(("bot/playground/", "bot/terminal/"))
        for line, text in shown(tree)
        if PROSE.search(text)
    ]
    assert not found, "\n".join(found)


def shown(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The literals that stand directly in a call of TOLD, or under a block's "text", with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _called(node) in TOLD:
            yield from strings(node.args[0])
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("text", "label", "placeholder", "alt_text"):
                    yield from strings(value)


def _called(node: ast.Call) -> str:
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


# --- keys


def test_the_code_asks_for_keys_that_are_there() -> None:
    missing = [f"{name}: {key}" for name, key in asked() if not key.endswith("*") and not has(key.partition(".")[0])]
    assert not missing, "\n".join(missing)


def test_each_key_is_asked_for() -> None:
    keys = {key for _, key in asked()}
    whole = {key for key in keys if not key.endswith("*")}
    families = tuple(key.removesuffix("*") for key in keys if key.endswith("*"))
    literals = {text for _, tree in sources("bot", "agent") for _, text in strings(tree)}
    unused = [key for key in entries("en") if key not in whole | literals and not key.startswith(families)]
    assert not unused, "\n".join(unused)


def asked() -> Iterator[tuple[str, str]]:
    """What say() is given, in which file: a key, or the beginning of a family of keys with a star behind it."""
    for name, tree in sources("bot", "agent"):
        if name == "agent/messages.py" or name.startswith("bot/playground/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "say" and len(node.args) >= 2:
                yield from ((name, key) for key in _keys(node.args[0]))
            if isinstance(node, ast.Call) and _called(node) == "sentence" and isinstance(node.args[0], ast.Constant):
                yield name, f"error-{str(node.args[0].value).replace('_', '-')}"
            if isinstance(node, ast.JoinedStr) and (key := _family(node)):
                yield name, key


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))


FAMILY: Final = re.compile(r"[a-z]+(?:-[a-z]+)*-")


def _family(node: ast.JoinedStr) -> str:
    """The star'd beginning of an f-string that begins as a key does; "" for any other."""
    first = node.values[0]
    begins = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return f"{begins}*" if FAMILY.fullmatch(begins) else ""


@pytest.mark.parametrize("text", ["note('Nothing to see here.')", "{'type': 'plain_text', 'text': 'Ask it again'}"])
def test_a_sentence_in_its_place_would_be_found(text: str) -> None:
    assert any(PROSE.search(found) for _, found in shown(ast.parse(text)))
