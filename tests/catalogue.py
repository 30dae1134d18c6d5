"""The catalogue of messages as the tests read it: keys, values, and where the code asks for them."""

from collections.abc import Mapping

from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Term, VariableReference
from fluent.syntax.visitor import Visitor

from agent.messages import resources
from db.catalog.meaning import Language


class _Names(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - fluent calls it by this name
        self.variables.add(node.id.name)


def entries(language: Language) -> Mapping[str, set[str]]:
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


def error_codes() -> list[str]:
    """The codes of which somebody is told why there is no answer."""
    return sorted(key.removeprefix("error-").replace("-", "_") for key in entries("en") if key.startswith("error-"))
