"""Whatever breaks, the asker reads one message: the answer, or a sentence on what to do."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent.errors import AskError
from agent.llm.protocol import Completion, OnText, Prompt
from bot.playground.delivery.deliveries import Timings
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from tests.parts import NOW
from tests.scripted import runs
from tests.slack.bot import COUNT, TestModel, lose_store, running
from tests.slack.workspace import called, deliver, small_slack

LIMITED = Fault(status=429, error="ratelimited", retry_after="0")


def always(text: str) -> Callable[[Prompt], str]:
    return lambda _: text


@pytest.mark.parametrize(
    "fault",
    [
        LIMITED,
        Fault(error="rate_limited", retry_after="0"),
        Fault(error="rate_limited", retry_after="soon"),
        Fault(status=500),
        Fault(status=503, takes_effect=True),
        Fault(drops=True),
        Fault(drops=True, takes_effect=True),
        Fault(error="internal_error"),
        Fault(error="invalid_blocks"),
        Fault(error="msg_blocks_too_long"),
        Fault(error="msg_too_long"),
    ],
    ids=lambda fault: f"{fault.error or fault.status}{'-drop' * fault.drops}{'-after' * fault.takes_effect}",
)
async def test_a_fault_at_reply_time_costs_no_answer_and_makes_no_second_one(
    tmp_path: Path, slack: LocalSlack, kim: Person, fault: Fault
) -> None:
    async with running(tmp_path, slack):
        slack.break_next("chat.postMessage", fault)
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and not slack.faults["chat.postMessage"])
        await slack.deliveries.settled()
    (reply,) = slack.messages("C1")
    assert reply["text"].startswith("3건입니다")


async def test_refused_blocks_go_as_text_with_rows_sql_and_turn_id(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
    async with running(tmp_path, slack, TestModel(sql="SELECT name FROM users WHERE name = '김민준'")):
        ts = await kim.mention("질문 <!channel>")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1")
    assert reply["blocks"] == []
    assert "```\n이름\n김민준\n```" in reply["text"]
    assert "SELECT name FROM users" in reply["text"]
    assert "요청 번호" in reply["text"]
    assert called(reply) == []


async def test_when_text_is_refused_too_the_log_has_the_turn_id(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    slack.break_next("chat.postMessage", Fault(error="invalid_blocks"), Fault(error="restricted_action"))
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: len(slack.journal.of("chat.postMessage")) == 2)
    async with running(tmp_path, slack) as bot:
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert turn is not None
    assert f"turn {turn.turn_id}: the answer could not be said" in caplog.text


async def test_slack_being_down_for_good_ends_in_the_log(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    slack.break_next("chat.postMessage", *[Fault(status=500)] * 9)
    slack.break_next("conversations.replies", *[Fault(status=500)] * 9)
    model = TestModel(error=AskError("too_many_steps"))
    async with running(tmp_path, slack, model):
        await kim.mention("질문")
        await model.started("질문")
    assert "nothing could be said at all: chat.postMessage: 500" in caplog.text
    assert slack.messages("C1") == []


async def test_a_reply_whose_fate_is_unknown_is_looked_up_until_slack_tells(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.postMessage", Fault(drops=True, takes_effect=True))
    slack.break_next("conversations.replies", Fault(status=500), LIMITED)
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: len(slack.journal.of("conversations.replies")) == 3)
    assert len(slack.messages("C1", ts)) == 1
    assert len(slack.journal.of("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AskError("model_unavailable"), "언어 모델에 연결할 수 없습니다"),
        (AskError("turn_deadline"), "정해진 시간 안에"),
        (AskError("too_many_steps"), "질문을 나누어"),
        (AskError("something_new"), "예상하지 못한 문제"),
        (RuntimeError("secret detail"), "예상하지 못한 문제"),
    ],
    ids=lambda value: getattr(value, "code", type(value).__name__),
)
async def test_trouble_is_a_sentence_with_the_turn_id(
    tmp_path: Path, slack: LocalSlack, kim: Person, error: Exception, words: str
) -> None:
    async with running(tmp_path, slack, TestModel(error=error)):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    async with running(tmp_path, slack) as bot:
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    (reply,) = slack.messages("C1")
    assert turn is not None
    assert words in reply["text"]
    assert turn.turn_id in reply["text"]
    assert "secret detail" not in str(reply)
    assert turn.reply_ts == (reply["ts"],), "an apology is a reply as well: it goes when the question goes"


async def test_a_catalogue_that_is_gone_is_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        (tmp_path / "catalog.db").unlink()
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert "CATALOG_URL" in slack.messages("C1")[0]["text"]


async def test_a_store_that_is_gone_is_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack) as bot:
        await bot.services.store.close()
        (tmp_path / "store.db").unlink()
        (tmp_path / "store.db").mkdir()
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1")
    assert "STORE_URL" in reply["text"]


async def test_an_empty_mention_gets_examples(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("  ")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        examples = bot.services.catalog.semantics.examples.ko[:4]
    assert [f"• {example}" for example in examples] == slack.messages("C1")[0]["text"].splitlines()[1:]
    assert model.questions == []


async def test_too_long_a_question_is_told_so(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("가" * 4_001)
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert "4,000자" in slack.messages("C1")[0]["text"]
    assert model.questions == []


async def test_a_question_reaches_the_model_as_it_was_typed(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    typed = "recall < 0.9 & <@U2>이 올린 <#C9|ml-alerts> <https://wiki/a?b=1&amp;c=2|위키>"
    async with running(tmp_path, slack, model):
        await kim.mention(typed.replace("recall < 0.9 & ", "recall &lt; 0.9 &amp; "), raw=True)
        await slack.journal.until(lambda: slack.messages("C1"))
    assert model.questions == ["recall < 0.9 & <@U2>이 올린 #ml-alerts https://wiki/a?b=1&c=2"]


async def test_nothing_a_model_or_a_cell_says_calls_anybody(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    bait = "<!channel> <!here> <@U2> <#C1|x> <https://evil|click> & [go](https://evil) **<!everyone>**"
    model = TestModel(always(bait), sql=f"SELECT '{bait}' AS \"<!here>\", NULL AS n")
    async with running(tmp_path, slack, model):
        first = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", first))
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
        second = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", second))
    assert [called(reply) for reply in slack.messages("C1")] == [[], []]
    assert "<!channel>" in "".join(texts(slack.messages("C1", first)[0]["blocks"][0])), "it is shown as text"


async def test_a_long_answer_is_split_within_slacks_limits(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    text = "\n\n".join(f"문단 {number} " + "가나다라마바사 " * 60 for number in range(40))
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i, i AS j FROM n"
    async with running(tmp_path, slack, TestModel(always(text), sql=sql)):
        ts = await kim.mention("길게")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        (answer,) = slack.messages("C1", ts)
        block = next(block for block in answer["blocks"] if str(block.get("block_id")).startswith("evidence:"))
        button = next(one for one in block["elements"] if one["action_id"] == "evidence:details")
        action = {name: button[name] for name in ("action_id", "type", "value")} | {"block_id": block["block_id"]}
        await slack.interactions.click("U1", action=action, channel="C1", ts=answer["ts"])
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) >= 3)
        await slack.deliveries.settled()
    replies = slack.messages("C1", ts)
    shown = "".join("".join(texts(reply["blocks"])) for reply in replies)
    assert all(f"문단 {number} " in shown for number in range(40)), "nothing is left out"
    assert all(call.ok for call in slack.journal.of("chat.postMessage")), "and nothing was refused"
    assert "행이 넘는 결과 중" in shown


async def test_logs_at_info_hold_neither_texts_nor_tokens(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(tmp_path, slack):
        ts = await kim.mention("아주 비밀스러운 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert "비밀스러운" not in caplog.text
    assert "xoxb-" not in caplog.text
    assert "xapp-" not in caplog.text


async def test_a_handler_that_fails_is_logged_and_the_event_is_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slack = small_slack(timings=Timings(retry_after_s=(0.0,)))
    async with slack.serving(), running(tmp_path, slack, mode="http"):
        body = body_of(slack.workspace, {"type": "message", "subtype": "message_deleted", "channel": "C1"})
        delivery = await deliver(slack, body)
        await slack.deliveries.settled()
    assert (delivery.status, delivery.attempts) == (500, 2)
    assert f"a handler failed on {body['event_id']}" in caplog.text


async def test_a_follow_up_without_a_store_is_told_in_the_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await lose_store(tmp_path)
        await kim.say("그 모델은?", thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
    assert "STORE_URL" in slack.messages("C1", ts)[1]["text"]


async def test_without_a_store_other_peoples_threads_are_left_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(tmp_path, slack):
        await lose_store(tmp_path)
        ts = await kim.say("우리끼리 하는 말")
        await lee.say("답글", thread_ts=ts)
        slack.break_next("conversations.replies", Fault(), Fault(error="missing_scope"))
        await lee.say("답글 둘", thread_ts=ts)
        await slack.deliveries.settled()
    assert slack.messages("C1") == []
    assert "nobody can tell whether a message is for the bot: conversations.replies: missing_scope" in caplog.text


async def test_a_second_question_with_the_same_words_is_answered_though_its_post_was_lost(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(always("세 건입니다."))):
        ts = await kim.mention("몇 건이야?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        slack.break_next("chat.postMessage", Fault(status=500))
        await kim.say("몇 건이야?", thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2, "a second answer")


async def test_a_second_apology_is_not_taken_for_the_first(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(error=AskError("turn_deadline"))) as bot:
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        said = slack.messages("C1", ts)[0]["text"]
        slack.break_next("chat.postMessage", Fault(status=500))
        await kim.say("질문", thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2, "a second sentence")
        assert bot.model.questions == ["질문", "질문"]
    assert slack.messages("C1", ts)[1]["text"] != said


class Runaway(TestModel):
    """First asks for a query without an end; told so, it mends it, or (of the stubborn question) does not."""

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        if prompt.question == "빠른 질문" or any(o.ok for step in prompt.steps for o in step.observations):
            return await super().complete(prompt, on_text)
        if not prompt.steps:
            await super().complete(prompt, on_text)
        is_mended = bool(prompt.steps) and prompt.question != "고집스러운 질문"
        return runs(COUNT if is_mended else ENDLESS)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


async def test_a_query_without_an_end_is_stopped_and_told_while_other_threads_are_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    model = Runaway()
    async with running(tmp_path, slack, model):
        mended = await kim.mention("끝없는 질문")
        stubborn = await kim.mention("고집스러운 질문")
        await model.started("고집스러운 질문")
        quick = await lee.mention("빠른 질문")
        await slack.journal.until(lambda: slack.messages("C1", quick))
        assert (slack.messages("C1", mended), slack.messages("C1", stubborn)) == ([], []), "nobody waited for them"
        await slack.journal.until(lambda: slack.messages("C1", mended) and slack.messages("C1", stubborn))
    assert slack.messages("C1", mended)[0]["text"].startswith("3건입니다: 끝없는 질문")
    assert "3 s" in slack.messages("C1", stubborn)[0]["text"]


async def test_the_log_tells_why_a_turn_has_no_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    error = AskError("model_unavailable", "solar-pro3: no answer within 40 s")
    error.__cause__ = ConnectionResetError("reset")
    async with running(tmp_path, slack, TestModel(error=error)):
        ts = await kim.mention("아주 비밀스러운 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert ("has no answer: model_unavailable: solar-pro3: no answer within 40 s (ConnectionResetError)") in caplog.text
    assert "비밀스러운" not in caplog.text


async def test_old_claims_are_dropped_once_a_day_while_the_bot_runs(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    now = [NOW]
    async with running(tmp_path, slack, clock=lambda: now[0]) as bot:
        claims = bot.services.store.claims
        await claims.first(["old"], NOW - timedelta(days=7))
        await kim.mention("오늘")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 1)
        assert not await claims.first(["old"], NOW), "not yet"
        now[0] += timedelta(days=1)
        await kim.mention("내일")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
        async with asyncio.timeout(5):
            while not await claims.first(["old"], now[0]):
                pass


async def test_a_store_that_cannot_drop_old_claims_costs_no_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    now = [NOW]
    async with running(tmp_path, slack, clock=lambda: now[0]) as bot:
        await bot.services.store.claims.first(["old"], NOW - timedelta(days=9))
        with closing(sqlite3.connect(tmp_path / "store.db")) as other:
            other.executescript("CREATE TRIGGER t BEFORE DELETE ON claims BEGIN SELECT * FROM nowhere; END")
        now[0] += timedelta(days=1)
        await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1"))
    assert "old claims are not dropped" in caplog.text
