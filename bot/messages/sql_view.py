"""The window that shows what was run for an answer: each statement, what came of it, and who wrote it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlglot
from sqlglot.errors import SqlglotError

from agent.explanation import Explanation
from agent.messages import say
from bot.messages.gate import clean
from bot.messages.markdown import preformatted
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language
from db.store.records import Json

Block = dict[str, Any]

MOST: Final = 20
SQL_CHARS: Final = 6_000
"""A view has room for 250 kB; nobody reads a longer statement in a window."""
_PROBLEM_CHARS: Final = 400
_LINE_CHARS: Final = 600


@dataclass(frozen=True, slots=True)
class Ran:
    """One statement of a turn as the store keeps it. `rows` and `ms` are None where they are not known."""

    sql: str
    problem: str = ""
    rows: int | None = None
    ms: int | None = None


def read_ran(queries: Sequence[Json]) -> tuple[Ran, ...]:
    """The statements of a stored turn; what another bot has kept in another form is left out."""
    return tuple(
        Ran(str(one["sql"]), str(one.get("error") or ""), _count(one.get("rows")), _count(one.get("ms")))
        for one in queries
        if one.get("sql")
    )


def pretty(sql: str, dialect: str) -> str:
    """The statement with a line for each part; as it is where it can't be read."""
    try:
        return sqlglot.transpile(sql, read=dialect, write=dialect, pretty=True)[0]
    except (SqlglotError, RecursionError, IndexError):
        return sql


def sql_view(
    ran: Sequence[Ran],
    explanation: Explanation | None,
    turn_id: str,
    language: Language,
    dialect: str,
    may_show: Callable[[str], bool],
) -> dict[str, Any]:
    """The modal. `may_show` says of a text whether it names nothing that its reader is not shown."""
    blocks: list[Block] = []
    for place, one in enumerate(ran[:MOST], start=1):
        blocks += _statement(place, one, language, dialect, may_show)
    if len(ran) > MOST:
        blocks.append(_line(say("sql-more", language, count=len(ran) - MOST)))
    if not blocks:
        blocks.append(_line(say("sql-none", language)))
    about = [_author(explanation, language)] if explanation is not None else []
    blocks.append(_line(" · ".join([*about, say("turn-number", language, turn=turn_id)])))
    return view(blocks, language)


def view(blocks: Sequence[Block], language: Language) -> dict[str, Any]:
    """A window without a form."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": say("sql-title", language)},
        "close": {"type": "plain_text", "text": say("close", language)},
        "blocks": list(blocks),
    }


def loading_view(language: Language) -> dict[str, Any]:
    """What stands there until the rest has been read."""
    return view([_line(say("sql-loading", language))], language)


def sentence_view(text: str, language: Language) -> dict[str, Any]:
    """A sentence in the place of the statements."""
    return view([_line(text)], language)


def _statement(place: int, one: Ran, language: Language, dialect: str, may_show: Callable[[str], bool]) -> list[Block]:
    is_shown = may_show(one.sql) and may_show(one.problem)
    if one.problem:
        problem = one.problem.removeprefix("ERROR: ") if is_shown else "…"
        head = say("sql-failed", language, place=place, problem=clip(" ".join(clean(problem).split()), _PROBLEM_CHARS))
    elif one.ms is None:
        head = say("sql-ran", language, place=place, rows=one.rows or 0)
    else:
        head = say("sql-ran-ms", language, place=place, rows=one.rows or 0, ms=one.ms)
    if not is_shown:
        return [_line(head), _line(say("sql-withheld", language))]
    text = clean(pretty(one.sql, dialect))
    code: Block = {"type": "rich_text", "elements": [preformatted(clip(text, SQL_CHARS) or "…")]}
    cut = [_line(say("sql-cut", language))] if len(text) > SQL_CHARS else []
    return [_line(head), code, *cut]


def _author(explanation: Explanation, language: Language) -> str:
    if explanation.engine == "offline":
        return say("sql-by-rules", language)
    return say(
        "sql-by-model",
        language,
        model=clip(clean(explanation.model), 60),
        read=explanation.prompt_tokens,
        cached=explanation.cached_tokens,
        written=explanation.completion_tokens,
    )


def _line(text: str) -> Block:
    shown = {"type": "mrkdwn", "text": clip_escaped(text, _LINE_CHARS), "verbatim": True}
    return {"type": "context", "elements": [shown]}


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None
