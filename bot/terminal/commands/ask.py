"""`mlops-bot ask`: one question, one answer.

`--json` prints one object. These keys stay:

    turn_id, thread, question     strings; the thread's name takes up the conversation with --thread
    text                          the answer in Markdown
    language                      "ko" or "en"
    engine                        "llm" or "offline"
    notice                        how the answer came about, or null
    queries                       list of {"sql", "error", "table"}, in the order they ran
    result                        the table the text speaks of, or null
    usage                         {"model", "completions", "prompt_tokens", "cached_tokens",
                                  "completion_tokens", "cost_usd"}; cost_usd is null where no price is known
    offer                         {"kind", "choices": [[label, question]]}, or null: "asked_back" where the question
                                  has to be asked again in one of these ways, "next" for questions that lead on
    chart                         agent/chart.py's Chart of the answer, as it is kept, or null
    elapsed_s                     seconds
    explanation                   with --explain only: agent/explanation.py's Explanation, as it is kept

A table is {"columns": [name], "rows": [[cell]], "truncated": bool}; NULL is null. Where there is no
answer the object is {"turn_id", "thread", "question", "error": {"code", "message"}} and the exit code 1.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from agent.answer import Answer, Ask
from agent.chart import dump as dump_chart
from agent.explanation import Explanation, dump
from agent.language import language_of
from agent.offer import dump_offer
from agent.withheld import shown
from bot.messages.sentences import sentence
from bot.terminal.drawing import describe_usage, draw_answer, make_console
from bot.terminal.explanation import draw_explanation
from bot.terminal.outputs import Output, OutputError, OutputKind
from bot.terminal.progress import TurnView
from bot.terminal.shell import Shell
from bot.terminal.turn import Failure, asker_of, make_ask, run_turn, thread_key
from db.catalog.catalog import Catalog
from db.catalog.meaning import Language
from db.catalog.table import Table

EXIT_USAGE: Final = 2


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("ask", help="answer one question")
    parser.add_argument("question", help="in Korean or English")
    parser.add_argument("--usage", action="store_true", help="show tokens, cost and time")
    parser.add_argument("--explain", action="store_true", help="show how the question was read and what was tried")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    parser.add_argument("--chart", metavar="FILE.png", type=Path, help="save the answer's chart as a picture")
    parser.add_argument("--csv", metavar="FILE.csv", type=Path, help="save the rows behind the answer, all of them")
    parser.add_argument("--force", action="store_true", help="overwrite files that are there")
    parser.add_argument("--thread", metavar="NAME", help="go on with the thread of that name (default: a new one)")
    parser.add_argument("--as", metavar="EMAIL", dest="email", help="ask as somebody whom the POLICY knows")
    parser.add_argument("--me", metavar="EMAIL", help="who you are in the catalogue, for 'my' and 'our team' (ME)")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, shell: Shell) -> int:
    """0 when there is an answer, with its files; 1 when there is none, 2 when a file could not be written anyway."""
    settings = shell.settings()
    wanted: tuple[tuple[OutputKind, Path | None], ...] = (("chart", args.chart), ("csv", args.csv))
    outputs = [Output(kind, path, args.force) for kind, path in wanted if path is not None]
    try:
        for output in outputs:
            output.check(language_of(args.question, settings.language))
    except OutputError as error:
        shell.stderr.write(f"{error}\n")
        return EXIT_USAGE
    async with shell.open_services(settings) as services:
        asker = await asker_of(services, args.email, args.me)
        ask = make_ask(args.question.strip(), thread_key(args.thread), services.clock(), args.email)
        language = language_of(ask.text, services.settings.language)
        with TurnView(make_console(shell.stderr), language) as view:
            outcome = await run_turn(services, ask, view.show, asker)
        explanation = _explanation(outcome, asker.catalog) if args.explain else None
        told = await _saved(outputs, outcome, asker.catalog, ask.asked_at.astimezone(settings.timezone))
    if args.as_json:
        explained = {} if explanation is None else {"explanation": dump(explanation)}
        json.dump(_as_json(ask, outcome, language) | explained, shell.stdout, ensure_ascii=False)
        shell.stdout.write("\n")
    else:
        _print(shell, outcome, language, shows_usage=args.usage)
        if explanation is not None:
            draw_explanation(make_console(shell.stdout), explanation, language)
    shell.stderr.write("".join(f"{line}\n" for _, line in told))
    return 0 if isinstance(outcome, Answer) and all(is_saved for is_saved, _ in told) else 1


async def _saved(
    outputs: Sequence[Output], outcome: Answer | Failure, catalog: Catalog, now: datetime
) -> list[tuple[bool, str]]:
    """Of each file whether it is there, and the sentence that says so or why not."""
    if isinstance(outcome, Failure):
        return []
    told: list[tuple[bool, str]] = []
    for output in outputs:
        try:
            told.append((True, await output.write(outcome, catalog, now)))
        except OutputError as error:
            told.append((False, str(error)))
    return told


def _explanation(outcome: Answer | Failure, catalog: Catalog) -> Explanation | None:
    """How the question was read, without what the asker is not shown."""
    if isinstance(outcome, Failure) or outcome.explanation is None:
        return None
    return shown(outcome.explanation, catalog.semantics, catalog.private)


def _print(shell: Shell, outcome: Answer | Failure, language: Language, *, shows_usage: bool) -> None:
    if isinstance(outcome, Failure):
        shell.stderr.write(sentence(outcome.code, language, outcome.turn_id) + "\n")
        return
    console = make_console(shell.stdout)
    draw_answer(console, outcome)
    if shows_usage:
        console.print(describe_usage(outcome.usage, outcome.elapsed_s, outcome.language), style="dim", markup=False)


def _as_json(ask: Ask, outcome: Answer | Failure, language: Language) -> dict[str, Any]:
    head = {"turn_id": ask.turn_id, "thread": ask.thread.thread_ts, "question": ask.text}
    if isinstance(outcome, Failure):
        return {**head, "error": {"code": outcome.code, "message": sentence(outcome.code, language, outcome.turn_id)}}
    usage = outcome.usage
    return {
        **head,
        "text": outcome.text,
        "language": outcome.language,
        "engine": outcome.engine,
        "notice": outcome.notice,
        "queries": [{"sql": q.sql, "error": q.error, "table": _table_json(q.table)} for q in outcome.queries],
        "result": _table_json(outcome.result),
        "usage": {
            "model": usage.model,
            "completions": usage.completions,
            "prompt_tokens": usage.tokens.prompt,
            "cached_tokens": usage.tokens.cached,
            "completion_tokens": usage.tokens.completion,
            "cost_usd": None if usage.cost_usd is None else float(usage.cost_usd),
        },
        "offer": None if outcome.offer is None else dump_offer(outcome.offer),
        "chart": None if outcome.chart is None else dump_chart(outcome.chart),
        "elapsed_s": round(outcome.elapsed_s, 3),
    }


def _table_json(table: Table | None) -> dict[str, Any] | None:
    if table is None:
        return None
    return {"columns": list(table.columns), "rows": [list(row) for row in table.rows], "truncated": table.truncated}
