"""Two people, two teams, one bot: each is answered from what they see."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest

from agent.limits import Limits
from agent.llm.protocol import Completion, Engine, Model, OnText, Prompt
from agent.offline.engine import OfflineModel
from agent.prompt import PromptWriter
from agent.schema_prompt import CurrentSchema
from agent.vocabulary import Vocabulary
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from tests.scripted import says
from tests.slack.bot import running
from tests.slack.workspace import KIM, LEE, small_slack

SEMANTICS: Final = """
tables:
  users: {label: {ko: 사람, en: people}, person: true}
  projects: {label: {ko: 프로젝트, en: projects}, synonyms: [project]}
  metrics: {columns: {deploy_note: {private: true, synonyms: [배포 메모]}}}
"""
POLICY: Final = """
roles:
  analyst:
    rows:
      users: team = :team
      projects: user_id IN (SELECT id FROM users WHERE team = :team)
  lead: {opens: [metrics.deploy_note]}
everyone: analyst
people: {%s: lead}
who: {table: users, email: email, team: team}
"""
QUESTION: Final = "프로젝트 목록 보여줘"
VISION: Final = ("defect-detection-v2", "surface-inspection")
NLP: Final = ("callcenter-intent", "invoice-ocr")
ADDRESSES: Final = {KIM: "minjun.kim@example.com", LEE: "Seoyeon.Lee@example.com"}


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack().serving() as server:
        for user, email in ADDRESSES.items():
            server.workspace.users[user] = replace(server.workspace.users[user], email=email)
        yield server


@dataclass
class Overheard:
    """Keeps what a model would be told of each question, by the question."""

    told: dict[str, str] = field(default_factory=dict)

    def models(self, known: Vocabulary) -> Sequence[Model]:
        return [Listener(self, PromptWriter(CurrentSchema(known, Limits())))]


@dataclass
class Listener:
    """A model that says nothing but that it has heard."""

    overheard: Overheard
    writer: PromptWriter
    name: str = "listener"
    engine: Engine = "llm"

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        self.overheard.told[prompt.question] = str(self.writer.messages(prompt))
        return says("들었습니다.")


def rules(known: Vocabulary) -> Sequence[Model]:
    return [OfflineModel(known)]


def files(folder: Path, lead: str = "lead@example.com") -> dict[str, Path]:
    policy, semantics = folder / "policy.yml", folder / "catalog.yml"
    policy.write_text(POLICY % lead, encoding="utf-8")
    semantics.write_text(SEMANTICS, encoding="utf-8")
    return {"policy": policy, "agents_semantics": semantics}


async def asked(slack: LocalSlack, person: Person, text: str = QUESTION, thread: str | None = None) -> str:
    """All that is shown of the answer."""
    before = len(slack.messages("C1"))
    await person.mention(text, thread_ts=thread)
    await slack.journal.until(lambda: len(slack.messages("C1")) > before, "an answer")
    await slack.deliveries.settled()
    return shown(slack.messages("C1")[-1])


def shown(message: dict[str, Any]) -> str:
    return "\n".join([message["text"], *texts(message["blocks"])])


async def command(slack: LocalSlack, person: Person, text: str) -> str:
    delivery = await person.slash(text)
    await slack.deliveries.settled()
    assert delivery.ack is not None
    return "\n".join(texts(delivery.ack["blocks"]))


def names(text: str) -> set[str]:
    return {name for name in (*VISION, *NLP) if name in text}


async def test_the_same_question_gets_each_teams_rows(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, models=rules, **files(tmp_path)):
        kims, lees = await asked(slack, kim), await asked(slack, lee)
        counts = await asked(slack, kim, "프로젝트는 몇 개야?"), await asked(slack, lee, "프로젝트는 몇 개야?")
        other = await asked(slack, lee, "defect-detection-v2 프로젝트는 누가 만들었어?")
    print(kims, lees, counts, other)
    assert names(kims) == set(VISION)
    assert names(lees) == set(NLP)
    assert "알 수 없" not in kims
