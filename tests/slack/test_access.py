"""Who may ask, in the whole bot: strangers, other channels, other workspaces, and those who ask too much."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from tests.parts import NOW
from tests.slack.bot import Mode, TestModel, lose_store, running
from tests.slack.workspace import KIM, LEE, called, deliver, left, peoples


class Clock:
    """The bot's time, which tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def whispers(slack: LocalSlack, user: str = LEE) -> list[str]:
    """What only that person sees, the earliest first."""
    return ["\n".join(texts(m["blocks"])) for (who, _, _), m in slack.workspace.ephemerals.items() if who == user]


async def told(slack: LocalSlack, user: str = LEE, times: int = 1) -> str:
    await slack.journal.until(lambda: len(whispers(slack, user)) >= times, "a word to one person")
    return whispers(slack, user)[-1]


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_who_is_not_listed_gets_one_sentence_and_no_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person, mode: Mode
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, mode=mode, allowed_users=KIM, admins=KIM):
        await lee.mention("김민준의 프로젝트는?")
        said = await told(slack)
        ts = await kim.mention("김민준의 프로젝트는?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "the answer to whom is listed")
    assert "목록에 있는 사람에게만" in said
    assert f"<@{KIM}>" in said, "it says whom to ask"
    assert len(model.questions) == 1
    assert all(delivery.ack is not None for delivery in peoples(slack))


async def test_the_sentence_is_not_said_again_for_each_message_but_again_after_an_hour(
    tmp_path: Path, slack: LocalSlack, lee: Person
) -> None:
    clock = Clock()
    async with running(tmp_path, slack, clock=clock, allowed_users=KIM):
        for _ in range(3):
            await lee.mention("질문 있어요")
        await told(slack)
        await slack.deliveries.settled()
        clock.now += timedelta(minutes=59)
        await lee.mention("질문 있어요")
        await slack.deliveries.settled()
        clock.now += timedelta(minutes=1)
        await lee.mention("I have a question")
        said = await told(slack, times=2)
    assert len(whispers(slack)) == 2
    assert said == "This bot answers the people on its list only. To be put on it, ask whoever runs this bot."


async def test_what_was_not_meant_for_the_bot_gets_no_word(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, allowed_users=KIM):
        ts = await kim.mention("김민준의 프로젝트는?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await lee.say("점심 뭐 먹을까요?")
        await lee.say("저도 궁금하네요", thread_ts=ts)
        written = await lee.say("가나다")
        await lee.edit(written, "<@UBOT> 가나다")
        await lee.react(ts, "eyes")
    assert whispers(slack) == []
    assert len(slack.messages("C1")) == 1


async def test_a_refusal_in_a_thread_stands_in_the_thread(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    async with running(tmp_path, slack, allowed_users=KIM):
        root = await lee.say("이야기")
        await lee.mention("질문 있어요", thread_ts=root)
        await told(slack)
    (message,) = slack.workspace.ephemerals.values()
    assert message["thread_ts"] == root


async def test_a_direct_message_of_a_stranger_is_refused(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, allowed_users=LEE):
        await kim.say("질문 있어요", "D1")
        said = await told(slack, KIM)
    assert "봇 운영자에게" in said
    assert model.questions == []


async def test_a_strangers_command_is_answered_in_its_ack(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, allowed_users=KIM):
        for word in ("how many pipelines are there?", "usage", "help"):
            delivery = await lee.slash(word)
            await slack.deliveries.settled()
            if word.startswith("how"):
                first = delivery.ack
    assert first is not None
    assert first["response_type"] == "ephemeral"
    assert "people on its list" in first["text"]
    assert delivery.ack is not None
    assert "text" not in delivery.ack, "said once an hour"
    assert model.questions == []


async def test_another_channel_is_refused_and_the_right_one_named(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, allowed_channels="C2"):
        await kim.mention("질문 있어요", "C1")
        said = await told(slack, KIM)
        ts = await kim.mention("질문 있어요", "C2")
        await slack.journal.until(lambda: slack.messages("C2", ts))
    assert "<#C2>에서 물어봐 주세요" in said
    assert len(model.questions) == 1


async def test_what_somebody_takes_back_is_erased_though_they_may_ask_no_more(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("김민준의 프로젝트는?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    async with running(tmp_path, slack, allowed_users=LEE):
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.messages("C1", ts), "the answer is gone")


def from_elsewhere(slack: LocalSlack, **more: Any) -> dict[str, Any]:
    """A mention by somebody of another organisation, in a channel shared with it."""
    message = left(slack, "<@UBOT> 질문 있어요", user=LEE)
    event = {**message, "type": "app_mention", "channel": "C1", "user_team": "T9", "team": "T9", "source_team": "T9"}
    return {**body_of(slack.workspace, event), "is_ext_shared_channel": True, "context_team_id": "T1", **more}


async def test_people_of_other_workspaces_get_no_answer_unless_allowed(tmp_path: Path, slack: LocalSlack) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await deliver(slack, from_elsewhere(slack))
        said = await told(slack)
    assert "다른 워크스페이스" in said
    assert model.questions == []
    async with running(tmp_path, slack, model, allow_external=True):
        await deliver(slack, from_elsewhere(slack))
        await slack.journal.until(lambda: slack.messages("C1"), "an answer")
    async with running(tmp_path, slack, model, allow_external=True, allowed_teams="T1"):
        await deliver(slack, from_elsewhere(slack))
        assert "목록에 있는 사람에게만" in await told(slack, times=2)
    assert len(model.questions) == 1


async def test_our_own_people_ask_in_a_shared_channel_too(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    async with running(tmp_path, slack, allowed_teams="T1"):
        ours = from_elsewhere(slack)
        ours["event"] |= {"user_team": "T1", "team": "T1", "source_team": "T1"}
        await deliver(slack, ours)
        await slack.journal.until(lambda: slack.messages("C1", ours["event"]["ts"]))


async def answered(slack: LocalSlack, person: Person) -> dict[str, Any]:
    ts = await person.mention("김민준의 프로젝트는?")
    return dict(await slack.journal.until(lambda: next(iter(slack.messages("C1", ts)), None), "an answer"))


async def click(slack: LocalSlack, message: dict[str, Any], user: str, name: str = "positive_button") -> None:
    block = message["blocks"][-1]
    (element,) = block["elements"]
    action = {
        "type": "feedback_buttons",
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "value": element[name]["value"],
    }
    await slack.interactions.click(user, action=action, channel="C1", ts=message["ts"])


async def test_a_refused_click_does_nothing_and_says_so_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, allowed_users=KIM):
        message = await answered(slack, kim)
        await click(slack, message, LEE)
        said = await told(slack)
        await click(slack, message, LEE)
        await click(slack, message, KIM)
        await told(slack, KIM)
    assert "목록에 있는 사람에게만" in said
    assert len(whispers(slack)) == 1


async def test_where_there_is_no_channel_a_refusal_is_an_ack(tmp_path: Path, slack: LocalSlack) -> None:
    shortcut = {"type": "shortcut", "callback_id": "any", "user": {"id": LEE, "team_id": "T1"}, "trigger_id": "1"}
    async with running(tmp_path, slack, allowed_users=KIM):
        delivery = await deliver(slack, shortcut, "interactive")
        await slack.deliveries.settled()
    assert delivery.ack is not None
    assert whispers(slack) == []


async def test_a_refused_form_stays_open_with_the_sentence(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    async with running(tmp_path, slack):
        message = await answered(slack, lee)
        await click(slack, message, LEE, "negative_button")
        await slack.journal.until(lambda: slack.workspace.modals.get(LEE), "the form")
    view = slack.workspace.modals[LEE][-1].view
    async with running(tmp_path, slack, allowed_users=KIM):
        option = view["blocks"][0]["element"]["options"][0]
        state = {"values": {"reason": {"reason": {"type": "radio_buttons", "selected_option": option}}}}
        assert await slack.interactions.submit(LEE, view["id"], state) is None
    shown = slack.workspace.modals[LEE][-1].view
    assert "목록에 있는 사람에게만" in "\n".join(texts(shown["blocks"]))
    assert whispers(slack) == []


async def test_more_questions_than_a_minute_allows_are_refused_until_it_is_over(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    clock, model = Clock(), TestModel()
    async with running(tmp_path, slack, model, clock=clock, questions_per_minute=2):
        for number in range(3):
            await kim.mention(f"{number}번 질문")
            await slack.deliveries.settled()
            clock.now += timedelta(seconds=5)
        said = await told(slack, KIM)
        await lee.mention("다른 사람의 질문")
        refused = await kim.slash("4번 질문")
        await slack.deliveries.settled()
        clock.now = NOW + timedelta(seconds=60)
        await kim.mention("5번 질문")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 4, "four answers")
    assert said == "한 사람이 1분에 할 수 있는 질문은 2개입니다. 2026-11-21 10:01:00 KST부터 다시 물어봐 주세요."
    assert refused.ack is not None
    assert "1분에" in refused.ack["text"]
    assert sorted(model.questions) == ["0번 질문", "1번 질문", "5번 질문", "다른 사람의 질문"]


async def test_events_that_come_twice_are_one_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, questions_per_minute=2):
        await kim.mention("첫 질문")
        (mention, _) = peoples(slack)
        for retry in (1, 2, 3):
            await deliver(slack, mention.payload, retry=retry)
        await slack.deliveries.settled()
        await kim.mention("둘째 질문")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "both answers")
        await deliver(slack, mention.payload, retry=4)
    assert whispers(slack, KIM) == [], "what was answered is not refused when it comes again"
    assert len(model.questions) == 2


async def test_a_refused_question_stays_refused_when_slack_sends_it_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    clock, model = Clock(), TestModel()
    async with running(tmp_path, slack, model, clock=clock, questions_per_minute=1):
        await kim.mention("첫 질문")
        await kim.mention("둘째 질문")
        await told(slack, KIM)
        second = peoples(slack)[-2]
        clock.now += timedelta(minutes=2)
        await deliver(slack, second.payload, retry=1)
        await slack.deliveries.settled()
        await kim.mention("셋째 질문")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
    assert model.questions == ["첫 질문", "셋째 질문"]


async def test_beyond_a_limit_a_lost_store_is_told_instead(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, questions_per_minute=1):
        await answered(slack, kim)
        await slack.deliveries.settled()
        await lose_store(tmp_path)
        ts = await kim.mention("둘째 질문")
        apology = await slack.journal.until(lambda: slack.messages("C1", ts), "a sentence")
    assert "대화 기록 저장소를 쓸 수 없어" in apology[0]["text"]


async def test_an_edit_is_a_question_and_leaves_the_answer_where_it_is_refused(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, questions_per_minute=1):
        ts = await kim.mention("첫 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await kim.edit(ts, "<@UBOT> 고친 질문")
        await told(slack, KIM)
    assert model.questions == ["첫 질문"]
    assert len(slack.messages("C1", ts)) == 1


async def test_a_days_tokens_end_the_day_also_after_a_restart(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    clock, model = Clock(), TestModel()
    async with running(tmp_path, slack, model, clock=clock, tokens_per_day=2_000, admins=KIM):
        await answered(slack, kim)
        await kim.mention("오늘의 둘째 질문")
        said = await told(slack, KIM)
    async with running(tmp_path, slack, model, clock=clock, tokens_per_day=2_000):
        refused = await kim.slash("오늘의 셋째 질문")
        await slack.deliveries.settled()
        clock.now += timedelta(hours=14)  # midnight in Seoul
        await kim.mention("내일의 질문")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "the next day's answer")
    assert "2026-11-22 00:00:00 KST부터" in said
    assert f"<@{KIM}>" in said
    assert refused.ack is not None
    assert "예산" in refused.ack["text"]
    assert model.questions == ["김민준의 프로젝트는?", "내일의 질문"]


async def test_nobody_is_named_in_the_channel_by_a_refusal(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    async with running(tmp_path, slack, allowed_users=KIM, admins=KIM):
        await lee.mention("<!channel> <@U1> 질문", raw=True)
        await told(slack)
    (message,) = slack.workspace.ephemerals.values()
    assert set(called(message)) == {f"<@{KIM}>"}
    assert slack.messages("C1") == []
