"""How a question was read, in words: the parts that Slack and the terminal show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agent.explanation import CallMade, Clause, Explanation, GivenUp, LostWord, ReadMention
from agent.messages import has, say
from bot.messages.answer import MESSAGE_CHARS, Block, Message
from bot.messages.gate import clean
from bot.messages.markdown import Element, plain, preformatted, section
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language

MOST_LINES: Final = 25
LINE_CHARS: Final = 300
SQL_CHARS: Final = 1_800
_LEAVES: Final = ("having", "ended")
"""Branches of the query tree that hold one thing as a pair, not several."""
_TEXT_CHARS: Final = MESSAGE_CHARS - 1_500


def _word(group: str, name: str, language: Language) -> str:
    """The word for something; its own name where there is none, as for what a newer bot has kept."""
    key = f"why-{group}-{name.replace('_', '-')}"
    return say(key, language) if has(key) else name


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines below it; `is_code` where they are SQL, kept as they are."""

    heading: str
    lines: tuple[str, ...]
    is_code: bool = False


def parts_of(explanation: Explanation, language: Language) -> tuple[Part, ...]:
    """The explanation from top to bottom, the first part without a heading."""
    kind = "none" if not explanation.engine else "rules" if explanation.engine == "offline" else "model"
    found = [Part("", (f"{_word('words', kind, language)}.",))]
    for clause in explanation.clauses:
        found += _clause(clause, language)
    if explanation.engine != "offline":
        found += _model(explanation, language)
    if explanation.given_up:
        found.append(
            Part(_word("words", "given_up", language), tuple(_given_up(one, language) for one in explanation.given_up))
        )
    return tuple(part for part in found if part.lines)


def why_message(
    explanation: Explanation, question: str, turn_id: str, language: Language, problem: str = ""
) -> Message:
    """The explanation as a message for one person, within Slack's limits; `problem` is why there was no answer."""
    named = f"“{clip(question, LINE_CHARS)}”" if question else ""
    about = f"{named} ({say('turn-number', language, turn=turn_id)})"
    room, blocks, texts = _TEXT_CHARS, list[Block](), list[str]()
    head = Part("", tuple(filter(None, (about.strip(), problem))))
    for part in (head, *parts_of(explanation, language)):
        drawn = _drawn(part, room)
        if not drawn:
            break
        room -= sum(len(line) for line in part.lines) + len(part.heading)
        blocks.append({"type": "rich_text", "elements": drawn})
        texts.append("\n".join(filter(None, (part.heading, *part.lines))))
    return Message(clip_escaped(clean("\n\n".join(texts)), 3_000), tuple(blocks))


def _drawn(part: Part, room: int) -> list[Element]:
    if room < LINE_CHARS:
        return []
    lines = [clip(clean(line), LINE_CHARS) or " " for line in part.lines[: min(MOST_LINES, room // LINE_CHARS)]]
    heading = [section([plain(part.heading, bold=True)])] if part.heading else []
    if part.is_code:
        return [*heading, preformatted(clip(clean("\n".join(part.lines)), min(room, SQL_CHARS)))]
    if not part.heading:
        return [section([plain("\n".join(lines))])]
    items = [section([plain(line)]) for line in lines]
    return [*heading, {"type": "rich_text_list", "style": "bullet", "elements": items}]


# --- the rules


def _clause(clause: Clause, language: Language) -> Iterator[Part]:
    intent = _word("intents", clause.intent, language)
    yield Part(_word("words", "read", language), (f"{clause.text} — {intent}",))
    yield Part(_word("words", "mentions", language), tuple(_mentions(clause.mentions, language)))
    yield Part(_word("words", "dropped", language), clause.dropped)
    yield Part(_word("words", "lost", language), tuple(_lost(one, language) for one in clause.lost))
    if clause.query is not None:
        yield Part(_word("words", "tree", language), tuple(tree(clause.query, language)))
    yield Part(_word("words", "joins", language), clause.joins)
    if clause.sql:
        yield Part("SQL", (clause.sql,), is_code=True)


def _mentions(mentions: Sequence[ReadMention], language: Language) -> Iterator[str]:
    for one in mentions:
        if one.kind != "word":
            yield _mention(one, language)
    functions = [f"{one.surface}({', '.join(one.meanings)})" for one in mentions if one.kind == "word"]
    if functions:
        yield f"{_word('words', 'functions', language)}: {', '.join(functions)}"


def _mention(one: ReadMention, language: Language) -> str:
    typed = f"{one.surface} → {one.corrected}" if one.corrected else one.surface
    meant = f": {', '.join(one.meanings)}" if one.meanings else ""
    return f"{typed} · {_word('kinds', one.kind, language)}{meant} · {one.score:.2f}"


def _lost(one: LostWord, language: Language) -> str:
    near = ", ".join(f"{each.target} ({each.score:.2f})" for each in one.nearest)
    return f"{one.word} · {_word('words', 'near', language)}: {near}" if near else one.word


def tree(query: Mapping[str, Any], language: Language) -> Iterator[str]:
    """The query tree, a line for each thing it holds; what holds nothing is left out."""
    for name, value in query.items():
        if value in (None, "", False, 0) or value == [] or value == () or (name, value) == ("measure", "rows"):
            continue
        if value is True:
            yield _word("tree", name, language)
        elif _is_list(value) and name not in _LEAVES:
            yield f"{_word('tree', name, language)}: {', '.join(map(_leaf, value))}"
        else:
            yield f"{_word('tree', name, language)}: {_leaf(value)}"


def _leaf(value: Any) -> str:
    if isinstance(value, Mapping):
        return _condition(value) if "op" in value else _order(value)
    if _is_list(value):
        is_ref = all(isinstance(one, str) for one in value)
        return ".".join(filter(None, value)) if is_ref else " ".join(map(str, value))
    return str(value)


def _condition(one: Mapping[str, Any]) -> str:
    said = {"=": "≠", "like": "not like", "null": "is not null"} if one.get("negated") else {"null": "is null"}
    op = said.get(one["op"], f"not {one['op']}" if one.get("negated") else one["op"])
    return f"{_leaf(one['ref'])} {op} {_said(one['values'])}".strip()


def _order(one: Mapping[str, Any]) -> str:
    return f"{_leaf(one['ref'])} {'↓' if one.get('descending') else '↑'}"


def _said(values: Sequence[Any]) -> str:
    return " | ".join("…" if value is None else str(value) for value in values)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


# --- the model


def _model(explanation: Explanation, language: Language) -> Iterator[Part]:
    if explanation.model:
        yield Part(_word("words", "usage", language), (_usage(explanation, language),))
    yield Part(_word("words", "steps", language), tuple(_call(one, language) for one in explanation.calls))


def _usage(one: Explanation, language: Language) -> str:
    return say(
        "why-model",
        language,
        model=one.model,
        completions=one.completions,
        read=one.prompt_tokens,
        cached=one.cached_tokens,
        written=one.completion_tokens,
    )


def _call(call: CallMade, language: Language) -> str:
    asked = " ".join(call.sql.split()) if call.sql else call.argument
    head = f"{call.step}. {call.tool}: {asked}" if asked else f"{call.step}. {call.tool}"
    if call.problem:
        return f"{head} → {_word('words', 'problem', language)}: {' '.join(call.problem.split())}"
    return f"{head} → {_rows(call.rows, language)}" if call.rows is not None else head


def _given_up(one: GivenUp, language: Language) -> str:
    came = _rows(one.rows, language) if one.verdict == "ran" else one.verdict
    return f"{one.engine}: {' '.join(one.sql.split())} → {came}"


def _rows(rows: int, language: Language) -> str:
    return say("why-rows", language, count=rows)
