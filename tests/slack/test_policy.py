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
  metrics: {columns: {confidence_threshold: {private: true, synonyms: [신뢰 문턱]}}}
"""
POLICY: Final = """
roles:
  analyst:
    rows:
      users: team = :team
      projects: user_id IN (SELECT id FROM users WHERE team = :team)
  lead: {opens: [metrics.confidence_threshold]}
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


def files(folder: Path, lead: str = "lead@example.com") -> dict[str, Any]:
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
        counts = [await asked(slack, person, "프로젝트는 몇 개야?") for person in (kim, lee)]
        others = await asked(slack, lee, "defect-detection-v2 프로젝트는 누가 만들었어?")
        typed = await asked(slack, lee, "defect-detektion-v2 프로젝트 상태 알려줘")
    assert (names(kims), names(lees)) == (set(VISION), set(NLP))
    assert ["4개" in counts[0], "3개" in counts[1]] == [True, True]
    assert "존재하지 않아" in others
    assert "김민준" not in others
    assert "defect-detection-v2" not in typed, "no near name of a row that is not theirs"
    assert all("보여 드리지 못했습니다" not in text for text in (kims, lees))


async def test_no_hidden_name_is_in_what_the_model_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    heard = Overheard()
    async with running(tmp_path, slack, models=heard.models, **files(tmp_path, ADDRESSES[LEE].lower())):
        await asked(slack, kim, "분석가의 질문")
        await asked(slack, lee, "리드의 질문")
    analysts, leads = heard.told["분석가의 질문"], heard.told["리드의 질문"]
    assert ["confidence_threshold" in told or "신뢰 문턱" in told for told in (analysts, leads)] == [False, True]
    assert ["비전팀" in told for told in (analysts, leads)] == [True, True]
    assert ["NLP팀" in told for told in (analysts, leads)] == [False, True], "no value of a row that is not theirs"


@pytest.mark.parametrize(
    "faults", [[], [Fault(error="user_not_found")], [Fault(status=500), Fault(status=500)]], ids=["none", "no", "down"]
)
async def test_whose_address_is_not_known_sees_no_limited_row_and_is_told_why(
    tmp_path: Path, slack: LocalSlack, kim: Person, faults: list[Fault]
) -> None:
    if not faults:
        slack.workspace.users[KIM] = replace(slack.workspace.users[KIM], email="")
    slack.faults.break_next("users.info", *faults)
    async with running(tmp_path, slack, models=rules, **files(tmp_path)):
        answer = await asked(slack, kim)
        english = await asked(slack, kim, "How many projects are there?")
        who = await command(slack, kim, "whoami")
    assert names(answer) == set()
    assert "이메일을 확인하지 못해 프로젝트, 사람의 행을 보여 드리지 못했습니다" in answer
    assert "Slack does not tell your e-mail address now, so no rows of projects, people" in english
    assert "E-mail: unknown" in who, "in the language last spoken"


async def test_somebody_of_no_team_is_told_so(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    slack.workspace.users[KIM] = replace(slack.workspace.users[KIM], email="new@example.com")
    async with running(tmp_path, slack, models=rules, **files(tmp_path)):
        answer = await asked(slack, kim)
        who = await command(slack, kim, "whoami")
    assert names(answer) == set()
    assert "소속 팀을 알 수 없어 프로젝트, 사람의 행을 보여 드리지 못했습니다" in answer
    assert "팀: 알 수 없음" in who
    assert "행이 안 보이는 테이블: 프로젝트, 사람" in who


async def test_nobody_waits_for_a_slack_that_does_not_say_who_asks(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    gate = asyncio.Event()
    slack.faults.break_next("users.info", Fault(waits_for=gate))
    async with running(tmp_path, slack, models=rules, **files(tmp_path)):
        assert names(await asked(slack, kim)) == set()
        gate.set()
        await slack.journal.until(lambda: any(c.method == "users.info" and c.ok for c in slack.journal.calls))
        for _ in range(100):
            if VISION[0] in (last := await asked(slack, kim)):
                break
    assert names(last) == set(VISION), "what came late is there for the next question"


async def test_a_follow_up_is_answered_by_what_its_asker_sees(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, models=rules, **files(tmp_path)):
        assert names(await asked(slack, kim)) == set(VISION)
        root = slack.messages("C1")[-1]["thread_ts"]
        lees = await asked(slack, lee, "그 중에 status가 active인 것만", thread=root)
        kims = await asked(slack, kim, "그 중에 status가 active인 것만", thread=root)
    assert names(lees) <= set(NLP)
    assert names(kims) == {VISION[0]}


async def test_what_another_has_found_is_told_to_the_model_in_the_threads_words_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    heard = Overheard()
    async with running(tmp_path, slack, models=heard.models, **files(tmp_path)):
        await asked(slack, kim, "첫 질문")
        await asked(slack, lee, "이어지는 질문", slack.messages("C1")[-1]["thread_ts"])
    told = heard.told["이어지는 질문"]
    assert "첫 질문" in told
    assert "비전팀" not in told


async def test_whoami_tells_roles_team_and_what_is_open(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, models=rules, **files(tmp_path, ADDRESSES[LEE])) as bot:
        kims, lees = await command(slack, kim, "whoami"), await command(slack, lee, "whoami")
    assert bot.services.readers is not None
    assert kims.splitlines() == [
        f"이메일: {ADDRESSES[KIM]}",
        "역할: analyst",
        "팀: 비전팀",
        "볼 수 있는 비공개 열: 없음",
        "일부 행만 보이는 테이블: 프로젝트, 사람",
        "행이 안 보이는 테이블: 없음",
    ]
    assert "역할: lead" in lees
    assert "일부 행만 보이는 테이블: 없음" in lees


async def test_whoami_speaks_english_and_without_a_policy_says_that_all_see_the_same(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, language="en", **files(tmp_path)):
        assert "Tables with some rows: projects, people" in await command(slack, kim, "whoami")
    async with running(tmp_path, slack, language="en"):
        told = (await command(slack, kim, "whoami")).splitlines()
    assert told[0] == "In the catalogue you are 김민준 of 비전팀."
    assert told[-1] == "This bot has no POLICY: everybody sees the same."


async def test_the_audit_says_which_roles_the_asker_had(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM, **files(tmp_path)) as bot:
        await asked(slack, kim)
        (entry, *_) = await bot.services.store.audit.latest("T1", ("ran",), 5)
        said = await command(slack, kim, "audit")
    assert entry.roles == ("analyst",)
    assert "(analyst)" in said


async def test_how_a_question_was_read_is_told_to_its_asker_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, models=rules, **files(tmp_path)) as bot:
        await asked(slack, kim)
        turn = (await bot.services.store.audit.latest("T1", ("ran",), 1))[0].turn_id
        kims, lees = [await command(slack, person, f"why {turn}") for person in (kim, lee)]
    assert "SELECT" in kims
    assert "찾지 못했습니다" in lees


async def test_where_the_catalogue_is_gone_everything_says_so_and_no_turn_is_left_running(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules, **files(tmp_path)) as bot:
        await asked(slack, kim)
        turn = (await bot.services.store.audit.latest("T1", ("ran",), 1))[0].turn_id
        (tmp_path / "catalog.db").write_bytes(b"x" * 4096)
        said = [await asked(slack, kim), await command(slack, kim, "whoami"), await command(slack, kim, f"why {turn}")]
        assert await bot.services.store.turns.unfinished() == []
    assert all("카탈로그를 읽을 수 없습니다" in text for text in said)
