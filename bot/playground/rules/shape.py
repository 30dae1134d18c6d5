"""The words that rules are written in: what a JSON value may be, and where it isn't that.

A rule takes any JSON value with the JSON pointer to it, and returns the first thing that is wrong, or None.
It never raises. The wording is Slack's own, so that a message from here can be looked up.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, in Slack's words, and the JSON pointer to it."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what} [json-pointer:{self.where}]"


Rule: TypeAlias = Callable[[Any, str], Wrong | None]
Fields: TypeAlias = Mapping[str, Rule]
"""The fields of an object by name; a name that ends with "!" is required."""

_MISSING: Final = object()


def first(wrongs: Iterable[Wrong | None]) -> Wrong | None:
    return next((wrong for wrong in wrongs if wrong is not None), None)


def every(*rules: Rule) -> Rule:
    """All of the rules, the first broken one told; a later one may rely on what an earlier one has checked."""
    return lambda value, where: first(rule(value, where) for rule in rules)


def claim(holds: Callable[[Any], bool], what: str) -> Rule:
    """A condition over a value whose shape has been checked already."""
    return lambda value, where: None if holds(value) else Wrong(what, where)


def string(most: int | None = None, *, least: int = 1, pattern: str = "") -> Rule:
    """A text of `least` to `most` characters that the pattern matches from its start to its end."""

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, str):
            return Wrong("must provide a string", where)
        if len(value) < least:
            return Wrong(f"must be more than {least - 1} characters", where)
        if most is not None and len(value) > most:
            return Wrong(f"must be less than {most + 1} characters", where)
        if pattern and re.fullmatch(pattern, value, re.DOTALL) is None:
            return Wrong("must match the expected format", where)
        return None

    return rule


def whole(least: int, most: int | None = None) -> Rule:
    """A whole number from `least` to `most`."""

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return Wrong("must provide an integer", where)
        if value < least or (most is not None and value > most):
            return Wrong(f"must be at least {least}" if most is None else f"must be between {least} and {most}", where)
        return None

    return rule


def number(*, above: float = -math.inf) -> Rule:
    """A finite number greater than `above`."""

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return Wrong("must provide a number", where)
        if isinstance(value, float) and not math.isfinite(value):
            return Wrong("must provide a number", where)
        return None if value > above else Wrong(f"must be greater than {above}", where)

    return rule


def boolean(value: Any, where: str) -> Wrong | None:
    return None if isinstance(value, bool) else Wrong("must provide a boolean", where)


def choice(*values: str) -> Rule:
    """One of a few words."""

    def rule(value: Any, where: str) -> Wrong | None:
        return None if isinstance(value, str) and value in values else Wrong("must be a valid enum value", where)

    return rule


def listing(each: Rule, most: int | None = None, *, least: int = 1) -> Rule:
    """A list of `least` to `most` items, each of which keeps the rule."""

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, list | tuple):
            return Wrong("must provide an array", where)
        if len(value) < least:
            return Wrong(f"no fewer than {least} items allowed", where)
        if most is not None and len(value) > most:
            return Wrong(f"no more than {most} items allowed", where)
        return first(each(item, f"{where}/{at}") for at, item in enumerate(value))

    return rule


def has(fields: Fields) -> Rule:
    """An object with these fields, and whatever else it likes."""
    rules = {name.removesuffix("!"): rule for name, rule in fields.items()}
    required = [name.removesuffix("!") for name in fields if name.endswith("!")]

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, dict):
            return Wrong("must provide an object", where)
        for name in required:
            if name not in value:
                return Wrong(f"missing required field: {name}", where)
        return first(rules[name](part, f"{where}/{name}") for name, part in value.items() if name in rules)

    return rule


def record(fields: Fields, *checks: Rule) -> Rule:
    """An object with these fields and no others; the checks see it once its fields are right."""
    names = {name.removesuffix("!") for name in fields}
    fits = has(fields)

    def rule(value: Any, where: str) -> Wrong | None:
        unknown = next((name for name in value if name not in names), None) if isinstance(value, dict) else None
        if unknown is not None:
            return Wrong(f"invalid additional property: {unknown}", where)
        return fits(value, where) or first(check(value, where) for check in checks)

    return rule


def url(*schemes: str) -> Rule:
    """An address with one of these schemes, such as "https:"; the wording was seen in MacPaw/together-app#4."""

    def rule(value: Any, where: str) -> Wrong | None:
        wrong = string(3_000)(value, where)
        if wrong is None and (not value.lower().startswith(schemes) or len(value.partition(":")[2].strip("/")) == 0):
            return Wrong("invalid url", where)
        return wrong

    return rule


def tagged(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which of the rules it keeps."""

    def rule(value: Any, where: str) -> Wrong | None:
        if not isinstance(value, dict):
            return Wrong("must provide an object", where)
        kind = value.get("type", _MISSING)
        if kind is _MISSING:
            return Wrong("missing required field: type", where)
        if not isinstance(kind, str):
            return Wrong("must provide a string", f"{where}/type")
        if kind not in kinds:
            return Wrong(f"unsupported type: {kind}", f"{where}/type")
        return kinds[kind](value, where)

    return rule


def typed(kind: str, fields: Fields, *checks: Rule) -> Rule:
    """An object of one type, with its fields beside `type`."""
    return tagged({kind: record({"type!": choice(kind), **fields}, *checks)})


def one_of(*names: str) -> Rule:
    """At least one of the fields is there."""
    what = "must define either " + " or ".join(f"`{name}`" for name in names)
    return claim(lambda value: any(name in value for name in names), what)


def only_one_of(*names: str) -> Rule:
    """Exactly one of the fields is there."""
    what = "must define exactly one of " + " and ".join(f"`{name}`" for name in names)
    return claim(lambda value: sum(name in value for name in names) == 1, what)


def unique(items: Iterable[tuple[Any, str]], what: str) -> Wrong | None:
    """The first item that was there before; the items come with the pointers to them."""
    seen: set[Any] = set()
    for item, where in items:
        if item in seen:
            return Wrong(f'`{what}` "{item}" already exists', where)
        seen.add(item)
    return None
