"""Neither engine gets to know of a private column: not its name, not a word for it, not a cell."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import agent.tools
from agent.agent import Agent
from agent.answer import Answer, Ask, ThreadKey
from agent.limits import Limits
from agent.llm.protocol import Model, Prompt, ToolCall
from agent.memory import Memory
from agent.offline import OfflineModel
from agent.prompt import PromptWriter
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext, find_tools
from db.catalog.catalog import Catalog
from db.store.store import Store
from tests.parts import SEOUL
from tests.unit.db.catalog.private import CANARY, SEMANTICS, build

WORDS: Final = (
    "ssn_tail",
    "salary",
    "vault",
    "payroll",
    "주민번호",
    "secret number",
    "연봉",
    "금고",
    "treasure",
    CANARY,
)
NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    path = build(tmp_path / "catalog.db", CANARY, 815)
    async with await Catalog.open(f"sqlite:///{path}", written(tmp_path / "catalog.yml")) as opened:
        yield opened


def written(path: Path) -> Path:
    path.write_text(SEMANTICS, encoding="utf-8")
    return path


def toolbox(catalog: Catalog, limits: Limits = Limits()) -> Toolbox:
    return Toolbox(find_tools(agent.tools), ToolContext(catalog, CurrentSchema(catalog, limits), limits))


def private_in(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


def test_the_first_prompt_holds_no_private_word(catalog: Catalog) -> None:
    prompt = Prompt("사람은 몇 명이야?", "ko", NOW.astimezone(SEOUL), Memory(), toolbox(catalog).specs())
    messages = json.dumps(PromptWriter(CurrentSchema(catalog, Limits())).messages(prompt), ensure_ascii=False)
    assert "users  -- " in messages
    assert private_in(messages) == []


@pytest.mark.parametrize("words", [["users"], ["vault"], ["ssn"], ["salary", "payroll"], ["연봉"], ["badges"]])
async def test_describe_tables_tells_of_what_is_public(catalog: Catalog, words: list[str]) -> None:
    box = toolbox(catalog, Limits(schema_chars=200))
    told = await box.run(ToolCall("c", "describe_tables", json.dumps({"words": words})))
    assert "users" in told.text or "contacts" in told.text or "badges" in told.text
    assert private_in(told.text) == []


@pytest.mark.parametrize("text", [CANARY, "canary", "0815", "815", "vault", "ssn"])
async def test_find_values_finds_none_of_it(catalog: Catalog, text: str) -> None:
    for arguments in ({"text": text}, {"text": text, "table": "users"}, {"text": text, "table": "vault"}):
        told = await toolbox(catalog).run(ToolCall("c", "find_values", json.dumps(arguments)))
        assert [word for word in private_in(told.text) if word not in text] == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sallary FROM users",
        "SELECT sn FROM users",
        "SELECT u.salari FROM users u",
        "SELECT * FROM vaults",
        "SELECT * FROM payrol",
        f"SELECT name FROM users WHERE name = '{CANARY}'",
        f"SELECT name FROM users WHERE level = '{CANARY}'",
        f"SELECT name FROM users WHERE nickname = '{CANARY}'",
        f"SELECT count(*) FROM users WHERE name = '{CANARY}'",
        f"SELECT u.name FROM users u LEFT JOIN contacts c ON c.ssn = '{CANARY}'",
        "SELECT name FROM users JOIN badges ON badges.cod = users.id",
    ],
)
async def test_hints_name_nothing_private(catalog: Catalog, sql: str) -> None:
    told = await toolbox(catalog).run(ToolCall("c", "execute_sql", json.dumps({"sql": sql})))
    assert [word for word in private_in(told.text) if word not in sql] == []
    assert "users.ssn" not in told.text


@pytest.mark.parametrize(
    "question",
    [
        "사람 전체 보여줘",
        "Show all users",
        "김민준의 연봉은?",
        "연봉이 가장 높은 사람은?",
        "주민번호 보여줘",
        "What is the salary of 김민준?",
        f"who has {CANARY}?",
        "금고에 뭐가 있어?",
        "Show the vault",
        "고참은 누구야?",
        "badges 보여줘",
    ],
)
async def test_the_offline_engine_answers_with_nothing_private(tmp_path: Path, catalog: Catalog, question: str) -> None:
    answer = await answered(tmp_path, catalog, question, OfflineModel(catalog))
    shown = repr([(query.sql, query.table and asdict(query.table)) for query in answer.queries])
    assert [word for word in private_in(answer.text + shown) if word not in question] == []
    assert "ssn" not in shown


async def test_the_offline_engine_shows_the_rest_of_such_a_table(tmp_path: Path, catalog: Catalog) -> None:
    answer = await answered(tmp_path, catalog, "고참은 누구야?", OfflineModel(catalog))
    table = answer.queries[-1].table
    assert table is not None
    assert {cell for row in table.rows for cell in row} >= {"김민준", "박지호"}


async def answered(folder: Path, catalog: Catalog, question: str, model: Model) -> Answer:
    async with await Store.open(f"sqlite:///{folder}/store.db") as store:
        made = Agent(catalog, Threads(store.turns, lambda: NOW), toolbox(catalog), [model], timezone=SEOUL)
        return await made.run_turn(Ask("turn", ThreadKey("T1", "C1", "t1"), "U1", question, NOW))
