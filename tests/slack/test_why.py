"""/mlops why, and the shortcut on a message: how it was read, for who asks, where they may ask."""

from pathlib import Path

from agent.errors import ModelUnavailable
from agent.llm.protocol import Model
from agent.offline.engine import OfflineModel
from agent.vocabulary import Vocabulary
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.workspace.records import Message
from tests.slack.bot import COUNT, TestModel, lose_store, running
from tests.slack.workspace import KIM, LEE, left

SLIP = "이서욘의 production 모델 중 f1이 제일 높은 것은?"


def rules(known: Vocabulary) -> list[Model]:
    return [OfflineModel(known)]


def whispers(slack: LocalSlack, user: str) -> list[Message]:
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def said(message: Message) -> str:
    return "\n".join(texts(message["blocks"]))


async def ask(slack: LocalSlack, person: Person, text: str, channel: str = "C1") -> Message:
    ts = await person.mention(text, channel)
    await slack.journal.until(lambda: slack.messages(channel, ts), "an answer")
    return slack.messages(channel, ts)[0]


async def command(slack: LocalSlack, person: Person, text: str, channel: str = "C1") -> str:
    delivery = await person.slash(text, channel)
    await slack.deliveries.settled()
    assert delivery.ack is not None
    assert delivery.ack["response_type"] == "ephemeral"
    return "\n".join(texts(delivery.ack["blocks"]))


async def point(slack: LocalSlack, user: str, message: Message, channel: str = "C1") -> Message:
    before = len(whispers(slack, user))
    await slack.interactions.shortcut(user, "why", channel=channel, ts=message["ts"])
    await slack.journal.until(lambda: len(whispers(slack, user)) > before, "a word to one person")
    return whispers(slack, user)[-1]


async def test_the_rules_reading_is_told_after_a_restart_too(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules):
        await ask(slack, kim, SLIP)
    async with running(tmp_path, slack, models=rules):
        told = await command(slack, kim, "why")
    assert "규칙으로 읽은 과정입니다" in told
    assert "users.name = 이서연" in told
    assert "이서욘" in told
    assert "metrics.f1_score ↓" in told
    assert "metrics.model_id = models.id" in told
    assert "SELECT" in told
    assert len(slack.messages("C1")) == 1, "nothing of it is said in the open"


async def test_the_models_steps_errors_and_tokens_are_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await ask(slack, kim, "How many pipelines are there?")
        good = await command(slack, kim, "why")
        model.sql = "SELECT nope FROM pipelines"
        await ask(slack, kim, "how many nopes are there?")
        bad = await command(slack, kim, "why")
    assert "This is what the model did" in good
    assert f"1. execute_sql: {COUNT} → 1 row" in good
    assert "test-model · 2 completions" in good
    assert "1. execute_sql: SELECT nope FROM pipelines → error:" in bad


async def test_each_asks_after_their_own_last_question_in_that_channel(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack):
        await ask(slack, kim, "첫 질문은 무엇이었지?")
        await ask(slack, lee, "다른 사람의 질문")
        mine = await command(slack, kim, "why")
        elsewhere = await command(slack, kim, "why", "C2")
        never = await command(slack, lee, "why 0123456789ab", "C2")
    assert "첫 질문은" in mine
    assert (
        elsewhere == "이 질문은 <#C1>에서 하셨습니다. 거기에서 '/mlops why'를 입력하시면 어떻게 읽었는지 보여 드립니다."
    )
    assert never.startswith("이 채널에서 설명할 질문을 찾지 못했습니다")


async def test_where_ones_own_turn_was_asked_is_told_to_its_asker_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack):
        answer = await ask(slack, kim, "모델은 몇 개야?")
        turn = next(b["block_id"] for b in answer["blocks"] if b.get("block_id", "").startswith("turn:"))
        word = f"why {turn.removeprefix('turn:')}"
        mine = await command(slack, kim, word, "C2")
        theirs = await command(slack, lee, word, "C2")
        await kim.say("데이터셋은 몇 개야?", "D1")
        await slack.journal.until(lambda: slack.messages("D1"), "an answer")
        direct = await command(slack, kim, "why", "C2")
    assert "<#C1>" in mine
    assert "<#C1>" not in theirs
    assert "저와의 1:1 대화에서" in direct


async def test_a_turn_id_is_told_in_its_own_channel_only(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack):
        answer = await ask(slack, kim, "모델은 몇 개야?")
        turn = next(b["block_id"] for b in answer["blocks"] if b.get("block_id", "").startswith("turn:"))
        word = f"why {turn.removeprefix('turn:')}"
        there = await command(slack, lee, word)
        elsewhere = await command(slack, lee, word, "C2")
    assert "모델은 몇 개야?" in there
    assert "찾지 못했습니다" in elsewhere


async def test_what_only_its_asker_was_answered_stays_theirs(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack) as bot:
        await kim.slash("모델은 몇 개야?", "CX")
        await slack.journal.until(lambda: slack.journal.responses)
        mine = await command(slack, kim, "why", "CX")
        found = await bot.services.store.explanations.last_of("T1", "CX", KIM)
        assert found is not None
        theirs = await command(slack, lee, f"why {found.turn_id}", "CX")
    assert "모델은 몇 개야?" in mine
    assert "찾지 못했습니다" in theirs


async def test_a_question_that_begins_with_why_is_a_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack) as bot:
        await kim.slash("why is the pipeline red?")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "root and answer")
        assert bot.model.questions == ["why is the pipeline red?"]


async def test_the_shortcut_tells_it_in_the_thread_to_who_pointed(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules):
        answer = await ask(slack, kim, SLIP)
        question = slack.workspace.channels["C1"].messages[answer["thread_ts"]]
        other = await kim.say("그렇군요", thread_ts=question["ts"])
        await slack.journal.until(lambda: len(slack.messages("C1", question["ts"])) == 2, "an answer to that, too")
        of_answer = await point(slack, LEE, answer)
        of_question = await point(slack, LEE, question)
        beside = await point(slack, LEE, slack.workspace.channels["C1"].messages[other])
        nothing = await point(slack, LEE, left(slack, "아무 말"))
    assert of_answer["thread_ts"] == question["ts"]
    assert "users.name = 이서연" in said(of_answer)
    assert "users.name = 이서연" in said(of_question)
    assert "그렇군요" in said(beside)
    assert "찾지 못했습니다" in said(nothing)
    assert whispers(slack, KIM) == []


async def test_a_forgotten_question_explains_nothing(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("비밀스러운 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.messages("C1", ts), "the answer is gone")
        assert "찾지 못했습니다" in await command(slack, kim, "why")


async def test_what_became_private_since_does_not_show(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {users: {columns: {name: {private: true}}}}", "utf-8")
    async with running(tmp_path, slack, models=rules):
        await ask(slack, kim, SLIP)
    async with running(tmp_path, slack, models=rules, semantics=semantics):
        told = await command(slack, kim, "why")
    assert "users.name" not in told
    assert "이서연" not in told
    assert "SELECT" not in told
    assert "metrics.f1_score" in told, "what is open still shows"


async def test_a_turn_of_an_older_bot_says_that_nothing_was_kept(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack) as bot:
        await ask(slack, kim, "모델은 몇 개야?")
        async with bot.services.store._database.writing() as connection:
            await connection.exec_driver_sql("DELETE FROM explanations")
        assert (await command(slack, kim, "why")).startswith("이 질문을 어떻게 읽었는지는 기록에 없습니다")


async def test_a_question_without_an_answer_says_why_and_what_was_tried(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(error=ModelUnavailable("down"))):
        await ask(slack, kim, "모델은 몇 개야?")
        told = await command(slack, kim, "why")
    assert "언어 모델에 연결할 수 없습니다" in told
    assert "답에 이르지 못한 과정입니다" in told


async def test_without_a_store_the_shortcut_says_so(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        answer = await ask(slack, kim, "모델은 몇 개야?")
        await lose_store(tmp_path)
        assert "저장소를 쓸 수 없어" in said(await point(slack, KIM, answer))
