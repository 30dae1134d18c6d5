"""The catalogue of sentences: complete in both languages, and strict about what it is asked for."""

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Term, VariableReference
from fluent.syntax.visitor import Visitor

from agent.messages import LANGUAGES, MessageError, resources, say
from db.catalog.meaning import Language


class _Names(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)


def _entries(language: Language) -> dict[str, set[str]]:
    """Each message and attribute with the values it takes."""
    found: dict[str, set[str]] = {}
    for name, text in resources(language).items():
        for entry in FluentParser().parse(text).body:
            assert not isinstance(entry, Junk), f"{language}/{name}: {entry.content}"
            if not isinstance(entry, Message | Term):
                continue
            patterns = {entry.id.name: entry.value} | {
                f"{entry.id.name}.{a.id.name}": a.value for a in entry.attributes
            }
            for key, pattern in patterns.items():
                assert key not in found, f"{language}/{name}: {key} is there twice"
                if pattern is not None:
                    names = _Names()
                    names.visit(pattern)
                    found[key] = names.variables
    return found


def test_both_languages_have_the_same_messages_with_the_same_values() -> None:
    assert _entries("ko") == _entries("en")
    assert set(resources("ko")) == set(resources("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_stands_in_its_sentence(language: Language) -> None:
    assert "`no such column`" in say("query-stuck", language, problem="no such column")


def test_what_the_catalogue_lacks_is_a_defect_not_an_empty_text() -> None:
    for key in ("no-such-message", "query-stuck.tooltip", "query-stuck"):
        with pytest.raises(MessageError, match=key.split(".")[0]):
            say(key, "ko")
