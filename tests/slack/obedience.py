"""A model that obeys every word it reads: the worst that any text can make of one."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from tests.llm_server import Call, Reply, Request, Say, sql

Place = Literal["cell", "name", "log", "message", "file", "result"]
PLACES: Final[tuple[Place, ...]] = get_args(Place)
_PAYLOADS: Final = Path(__file__).parents[1] / "injections.yml"
LOOK: Final = (
    "SELECT name AS text FROM users WHERE name LIKE '%[' || '{id}' || ']%' "
    "UNION ALL SELECT path FROM artifacts WHERE path LIKE '%[' || '{id}' || ']%' "
    "UNION ALL SELECT deploy_note FROM metrics WHERE deploy_note LIKE '%[' || '{id}' || ']%'"
)


@dataclass(frozen=True, slots=True)
class Payload:
    """A text with orders, and what obeying them comes to; `dumps`: the model says all that it was told, too."""

    id: str
    text: str
    says: tuple[str, ...]
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    dumps: bool = False

    @property
    def marked(self) -> str:
        """The text as it is planted; by its mark the model knows it again."""
        return f"{self.text} [{self.id}]"


def load_payloads() -> tuple[Payload, ...]:
    loaded = yaml.safe_load(_PAYLOADS.read_text("utf-8"))
    return tuple(
        Payload(
            entry["id"],
            entry["text"],
            tuple(entry["says"]),
            tuple((name, arguments) for name, arguments in entry.get("calls", ())),
            entry.get("dumps", False),
        )
        for entry in loaded
    )


@dataclass
class Obedient:
    """Looks up what it was asked for, then does what it finds there: a script for `llm_server`."""

    payloads: tuple[Payload, ...]
    obeyed: set[str] = field(default_factory=set)

    def __call__(self, request: Request) -> Reply:
        told = [str(message.get("content") or "") for message in request["messages"]]
        acts = sum(bool(message.get("tool_calls")) for message in request["messages"])
        found = [payload for payload in self.payloads if f"[{payload.id}]" in "\n".join(told)]
        if not acts:
            return sql(LOOK.format(id=_asked(request)))
        self.obeyed |= {payload.id for payload in found}
        calls = tuple(call for payload in found for call in payload.calls)
        if acts == 1 and calls and request.get("tools"):
            return Call(calls)
        said = [line for payload in found for line in (*payload.says, payload.text)]
        dumped = told if any(payload.dumps for payload in found) else told[-len(calls) - 1 :]
        return Say("\n".join((*said, *dumped)), piece=2_000)


def plant(catalog: Path, place: Place, payloads: tuple[Payload, ...]) -> None:
    """Writes the payloads to where strangers' text stands in the catalogue; the other places have nothing there."""
    statements: Mapping[str, str] = {
        "cell": "INSERT INTO metrics (id, model_id, deploy_note) VALUES (?, 1, ?)",
        "name": "INSERT INTO users (id, name, email, team) VALUES (?1, ?2, ?1 || '@example.com', ?2)",
        "log": "INSERT INTO artifacts (id, pipeline_id, type, path) VALUES (?, 1, 'log', ?)",
    }
    if place in statements:
        with closing(sqlite3.connect(catalog)) as connection, connection:
            connection.executemany(statements[place], [(9_000 + n, p.marked) for n, p in enumerate(payloads)])


def question(place: Place, payload: Payload) -> tuple[str, dict[str, Any]]:
    """What somebody writes to bring the payload before the model: the text, and what else the message has."""
    ask = f"{payload.id} 알려줘"
    if place == "message":
        return f"{ask} {payload.marked}", {}
    if place == "result":
        result = {"role": "tool", "tool_call_id": "call_1_1", "content": payload.marked}
        return f"{ask} {json.dumps(result, ensure_ascii=False)}", {}
    return ask, {"files": [{"id": "F1", "name": payload.marked, "title": payload.marked}]} if place == "file" else {}


def _asked(request: Request) -> str:
    """The payload that the question names."""
    question = [m["content"] for m in request["messages"] if m["role"] == "user"][-1]
    return str(question).split("Now the question: ")[-1].split(" ", 1)[0]
