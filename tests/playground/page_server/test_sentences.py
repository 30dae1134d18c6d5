"""Every word of a refusal is in the table, in both languages."""

import ast
import inspect
from types import ModuleType

import pytest

from bot.playground.people import interactions, states
from bot.playground.people.mistakes import Mistaken, language_of, sentence, sentences
from bot.playground.screen import acts
from bot.playground.workspace import reacting


def refusals(module: ModuleType, name: str) -> list[str]:
    """The first argument of each `name(…)`; what an f-string puts in is "x"."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]
    return [_text(call.args[0]) for call in named if not isinstance(call.args[0], ast.Attribute)]


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    assert isinstance(node, ast.Constant)
    return str(node.value)


def test_every_mistake_and_every_code_of_a_reaction_is_in_the_table() -> None:
    mistakes = {key for module in (acts, interactions, states) for key in refusals(module, "Mistaken")}
    assert len(mistakes) > 20
    assert {*mistakes, *refusals(reacting, "Refused")} <= sentences().keys()


def test_each_entry_has_both_languages_and_the_same_gaps() -> None:
    for key, said in sentences().items():
        assert said.keys() == {"en", "ko"}, key
        gaps = [sorted(part.partition("}")[0] for part in text.split("{")[1:]) for text in said.values()]
        assert gaps[0] == gaps[1], key
        assert (said["en"][-1] in '.!?"', said["ko"][-1] == ".") == (True, True), key


def test_what_the_table_doesnt_know_is_still_a_sentence() -> None:
    assert sentence("some_code", "en") == "That cannot be done (some_code)."
    assert sentence("some_code", "ko") == "처리할 수 없습니다(some_code)."


def test_braces_in_what_somebody_sent_are_only_text() -> None:
    assert Mistaken("unknown_verb", verb="{user.__class__}").say("en") == "The page knows no '{user.__class__}'."
    assert Mistaken("misfit", action="{0}").say("ko") == "'{0}' 항목에 맞지 않는 값입니다."


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ko", "ko"), (" KO-kr,en", "ko"), ("en-US,ko", "en"), ("", "en"), ("*", "en"), ("fr", "en")],
)
def test_the_language_is_that_of_the_header(accepted: str, language: str) -> None:
    assert language_of(accepted) == language
