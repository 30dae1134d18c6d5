"""/mlops synonyms: a word that was not understood is taught by an admin, and works at the next question."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.limits import Limits
from agent.llm.protocol import Completion, Model, OnText, Prompt
from agent.offline.engine import OfflineModel
from agent.prompt import PromptWriter
from agent.schema_prompt import CurrentSchema
from agent.vocabulary import Vocabulary
from bot.features.synonyms import read_pick
from bot.messages.synonyms import BOUND, CONFIRM, DROP, MEANING, PICK, UNDO, Press
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import DeliveryFault, Fault
from bot.playground.workspace.records import Message
from db.store.records import Decision, TurnNotes, Unplaced
from tests.parts import frozen_clock
from tests.slack.bot import Mode, TestModel, lose_store, running
from tests.slack.workspace import KIM, LEE, called
from tests.unit.db.store.samples import a_turn, answered

QUESTION = "불량 파이프라인 보여줘"
WORD = "불량"


def rules(known: Vocabulary) -> list[Model]:
    return [OfflineModel(known)]


def whispers(slack: LocalSlack, user: str = KIM) -> list[Message]:
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def said(message: Message) -> str:
    return "\n".join(texts(message["blocks"]))


async def ask(slack: LocalSlack, person: Person, text: str = QUESTION) -> str:
    ts = await person.mention(text)
    await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    return said(slack.messages("C1", ts)[0])


async def listed(slack: LocalSlack, person: Person) -> Message:
    before = len(whispers(slack, person.user))
    delivery = await person.slash("synonyms")
    await slack.deliveries.settled()
    assert delivery.ack is not None
    assert delivery.ack["response_type"] == "ephemeral"
    return (
        await slack.journal.until(lambda: whispers(slack, person.user)[before:], "the list")
        and whispers(slack, person.user)[-1]
    )


def buttons(message: Message) -> dict[str, dict[str, Any]]:
    """The buttons by what is written on them, each with its block."""
    found = {}
    for block in message["blocks"]:
        elements = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
        for element in filter(None, elements):
            found[element["text"]["text"]] = {"block_id": block["block_id"], **element}
    return found


async def press(slack: LocalSlack, message: Message, text: str, user: str = KIM) -> Message:
    before = len(whispers(slack, user))
    element = buttons(message)[text]
    action = {"block_id": element["block_id"], "action_id": element["action_id"], "type": "button"}
    await slack.interactions.click(user, action=action, channel="C1", ts=message["ts"])
    await slack.journal.until(lambda: len(whispers(slack, user)) > before, "a word to one person")
    return whispers(slack, user)[-1]


FAILED = "파이프라인 · 상태 = 실패 (failed)"


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_word_is_taught_and_works_at_the_next_question(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM, mode=mode):
        before = await ask(slack, lee)
        message = await listed(slack, kim)
        confirmed = await press(slack, message, FAILED)
        after = await ask(slack, lee)
        later = said(await listed(slack, kim))
    assert "FROM pipelines" not in before
    assert f"*'{WORD}'* · 1번 · <@{LEE}>" in said(message)
    assert QUESTION in said(message)
    assert f"배웠습니다: '{WORD}' → {FAILED}" in said(confirmed)
    assert "실패(failed) 파이프라인" in after
    assert f"*'{WORD}'* → {FAILED}\n확인 <@{KIM}>" in later, "who confirmed shows"
    assert "봇이 이해하지 못한 말" not in later


async def test_what_was_taught_outlives_a_restart_and_is_undone(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        confirmed = await press(slack, await listed(slack, kim), FAILED)
    async with running(tmp_path, slack, models=rules, admins=KIM):
        taught = await ask(slack, kim)
        undone = await press(slack, confirmed, "되돌리기")
        again = await press(slack, confirmed, "되돌리기")
        forgotten = await ask(slack, kim)
        assert f"*'{WORD}'* · 2번" in said(await listed(slack, kim)), "it is open again"
    assert "실패(failed) 파이프라인" in taught
    assert f"되돌렸습니다: '{WORD}'" in said(undone)
    assert "이미 그렇게 되어 있습니다" in said(again)
    assert "pipelines.status" not in forgotten


async def test_a_click_delivered_twice_is_one_decision(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        message = await listed(slack, kim)
        slack.faults.break_next_delivery("interactive", DeliveryFault(duplicates=True))
        await press(slack, message, FAILED)
        await slack.journal.until(lambda: len(whispers(slack)) == 3, "a word to each delivery")
    told = sorted(said(one).split(":")[0] for one in whispers(slack)[1:])
    assert told == [f"'{WORD}'", "배웠습니다"]
    with closing(sqlite3.connect(tmp_path / "store.db")) as owner:
        assert owner.execute("SELECT verdict, user_id FROM synonyms").fetchall() == [("confirmed", KIM)]


async def test_two_admins_do_not_teach_two_meanings(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, models=rules, admins=f"{KIM},{LEE}"):
        await ask(slack, kim)
        mine, theirs = await listed(slack, kim), await listed(slack, lee)
        await press(slack, mine, FAILED)
        same = await press(slack, theirs, FAILED, LEE)
        other = await press(slack, theirs, "파이프라인 · 상태 = 실행 중 (running)", LEE)
    assert f"이미 그렇게 되어 있습니다. 지금 뜻: {FAILED} (<@{KIM}>)" in said(same)
    assert "이미 다른 뜻으로 배운 말입니다" in said(other)


async def test_a_word_may_mean_anything_that_the_form_offers(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim, "실적표 보여줘")
        message = await listed(slack, kim)
        view = await opened(slack, message)
        assert await chosen(slack, view, "metrics\n\n") is None
        await slack.journal.until(lambda: len(whispers(slack)) == 2, "what was learnt")
        answer = await ask(slack, kim, "실적표 보여줘")
    assert "실적표" in said(whispers(slack)[-1])
    assert "mAP50" in answer


async def test_a_word_may_mean_a_bound_that_is_written_beside_the_measure(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {metrics: {columns: {f1_score: {private: true}}}}", "utf-8")
    question = "황금 모델 보여줘"
    async with running(tmp_path, slack, models=rules, admins=KIM):
        before = await ask(slack, kim, question)
        view = await opened(slack, await listed(slack, kim))
        no_bound = await chosen(slack, view, "metrics\nf1_score\n", "아주 높음")
        no_measure = await chosen(slack, view, "models\nname\n", "0.9 이상")
        assert await chosen(slack, view, "metrics\nf1_score\n", " 90% 이상 ") is None
        learnt = (await slack.journal.until(lambda: whispers(slack)[1:], "what was learnt"))[-1]
        after = await ask(slack, kim, question)
        assert "→ 메트릭 · F1 &gt;= 0.9" in said(await listed(slack, kim))
    async with running(tmp_path, slack, models=rules, admins=KIM, semantics=semantics):
        assert "f1_score" not in await ask(slack, kim, question)
        assert "(지금은 카탈로그에 없어 쓰이지 않음)" in said(await listed(slack, kim))
    assert "F1이 90% 이상" not in before
    assert [told is not None and "0.9 이상" in told[MEANING] for told in (no_bound, no_measure)] == [True, True]
    assert "배웠습니다: '황금' → 메트릭 · F1 &gt;= 0.9" in said(learnt)
    assert "F1이 90% 이상" in after


async def opened(slack: LocalSlack, message: Message) -> dict[str, Any]:
    """The form behind the button of all meanings."""
    element = buttons(message)["다른 뜻 고르기"]
    action = {"block_id": element["block_id"], "action_id": PICK, "type": "button"}
    await slack.interactions.click(KIM, action=action, channel="C1", ts=message["ts"])
    view: dict[str, Any] = (await slack.journal.until(lambda: slack.workspace.modals.get(KIM)))[-1].view
    return view


async def chosen(slack: LocalSlack, view: dict[str, Any], value: str, bound: str = "") -> dict[str, str] | None:
    picked = {MEANING: {MEANING: {"selected_option": {"value": value}}}, BOUND: {BOUND: {"value": bound or None}}}
    state = {"values": picked}
    return await slack.interactions.submit(KIM, view["id"], state)


async def test_a_form_that_cannot_be_kept_says_why(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        view = await opened(slack, await listed(slack, kim))
    async with running(tmp_path, slack, models=rules, admins=LEE):
        theirs = await chosen(slack, view, "metrics\n\n")
    async with running(tmp_path, slack, models=rules, admins=KIM):
        with closing(sqlite3.connect(tmp_path / "store.db")) as other:
            other.execute("DROP TABLE synonyms")
        lost = await chosen(slack, view, "metrics\n\n")
    assert theirs is not None
    assert "지금 카탈로그에 없어" in theirs[MEANING]
    assert lost is not None
    assert "저장소를 쓸 수 없어" in lost[MEANING]


async def test_a_dropped_word_says_who_dropped_it_when_it_is_dropped_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim, "뷁뷁 파이프라인 보여줘")
        await ask(slack, kim)
        message = await listed(slack, kim)
        await press(slack, message, "뜻 없음")
        again = await press(slack, message, "뜻 없음")
    assert f"지금 뜻: – (<@{KIM}>)" in said(again)


async def test_meanings_without_end_or_with_mark_up_are_listed_harmlessly(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    """Slack refuses a block with more than 3,000 characters, and a button that holds more than 2,000."""
    values = ("가" * 5_000, "&" * 900, "x (<@U2> <!channel>")
    near = tuple({"table": "users", "column": "name", "value": value, "score": 1.0} for value in values)
    async with running(tmp_path, slack, models=rules, admins=KIM) as bot:
        store = bot.services.store
        for word, value in zip(("하나", "둘", "셋"), values, strict=True):
            given = Decision(word, word, "confirmed", "T1", KIM, frozen_clock(), "users", "name", value)
            await store.synonyms.decide(given)
        await store.turns.start(a_turn("t1", user_id=KIM))
        await store.turns.finish(answered("t1"), notes=TurnNotes(unplaced=(Unplaced("머시기", "머시기", near),)))
        message = await listed(slack, kim)
    offered = [text for text in buttons(message) if text.startswith("사용자 · 이름 = ")]
    assert [text[-5:] for text in offered] == ["&&&&…", "nnel>"], "what a button cannot hold is not offered"
    assert set(called(message)) == {f"<@{KIM}>"}


async def test_what_a_word_stands_for_already_is_told_without_its_mark_up(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM) as bot:
        await ask(slack, kim)
        message = await listed(slack, kim)
        meant = ("users", "name", "x (<@U2> <!channel>")
        await bot.services.store.synonyms.decide(Decision(WORD, WORD, "confirmed", "T1", KIM, frozen_clock(), *meant))
        taken = await press(slack, message, FAILED)
    assert "이미 다른 뜻으로 배운 말입니다" in said(taken)
    assert set(called(taken)) == {f"<@{KIM}>"}


def test_a_form_that_is_not_ours_reads_as_one_on_no_word() -> None:
    values = {MEANING: {MEANING: {"selected_option": None}}}
    picked = read_pick({"user": {"id": KIM}, "view": {"private_metadata": "{", "state": {"values": values}}})
    assert (picked.spot.word, picked.target) == ("", None)


async def test_a_form_that_does_not_open_is_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        message = await listed(slack, kim)
        slack.break_next("views.open", Fault(error="invalid_arguments"))
        assert "창을 열지 못했습니다" in said(await press(slack, message, "다른 뜻 고르기"))


async def test_a_word_that_means_nothing_is_asked_about_no_more(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        dropped = await press(slack, await listed(slack, kim), "뜻 없음")
        later = await listed(slack, kim)
        await press(slack, later, "되돌리기")
        assert f"*'{WORD}'* · 1번" in said(await listed(slack, kim))
    assert "뜻이 없는 말로" in said(dropped)
    assert "뜻이 없다고 한 말" in said(later)


async def test_others_neither_see_nor_teach(tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        message = await listed(slack, kim)
        refused = await listed(slack, lee)
        assert said(refused) == f"말을 가르치는 일은 관리자만 할 수 있습니다. 필요하시면 <@{KIM}>에게 요청해 주세요."
    async with running(tmp_path, slack, models=rules, admins=LEE) as bot:
        clicked = await press(slack, message, FAILED)
        assert await bot.services.store.synonyms.history(1) == ()
    async with running(tmp_path, slack, models=rules):
        assert "설정 ADMINS에" in said(await listed(slack, kim))
    assert "관리자만" in said(clicked), "who is no admin any longer decides nothing"


async def test_there_is_a_sentence_where_nothing_is_to_be_taught(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        assert said(await listed(slack, kim)) == "모르는 말도, 배운 말도 아직 없습니다."
    async with running(tmp_path, slack, models=rules, admins=KIM, language="en"):
        assert said(await listed(slack, kim)) == "No word is unknown, and none was learnt, so far."


async def test_what_became_private_is_neither_offered_nor_learnt(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {pipelines: {columns: {status: {private: true}}}}", "utf-8")
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        message = await listed(slack, kim)
    async with running(tmp_path, slack, models=rules, admins=KIM, semantics=semantics) as bot:
        assert not any("failed" in text for text in buttons(await listed(slack, kim)))
        refused = await press(slack, message, FAILED)
        assert await bot.services.store.synonyms.history(1) == ()
    assert "지금 카탈로그에 없어" in said(refused)


async def test_a_learnt_meaning_that_is_gone_is_named_as_unused(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {pipelines: {columns: {status: {private: true}}}}", "utf-8")
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        await press(slack, await listed(slack, kim), FAILED)
    async with running(tmp_path, slack, models=rules, admins=KIM, semantics=semantics):
        assert "(지금은 카탈로그에 없어 쓰이지 않음)" in said(await listed(slack, kim))


async def test_the_models_prompt_has_what_was_taught(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    prompts: list[str] = []

    class Watching(TestModel):
        def __init__(self, known: Vocabulary) -> None:
            super().__init__(sql="")
            self.writer = PromptWriter(CurrentSchema(known, Limits()))

        async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
            prompts.append(str(self.writer.messages(prompt)[0]["content"]))
            return await super().complete(prompt, on_text)

    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        await press(slack, await listed(slack, kim), FAILED)
    async with running(tmp_path, slack, models=lambda known: [Watching(known)]):
        await ask(slack, kim)
    assert f'- "{WORD}" = pipelines.status = failed' in prompts[0]


async def test_a_lost_store_is_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM):
        await ask(slack, kim)
        message = await listed(slack, kim)
        await lose_store(tmp_path)
        with closing(sqlite3.connect(tmp_path / "store.db")) as other:
            other.execute("DROP TABLE synonyms")
        assert "저장소를 쓸 수 없어" in said(await press(slack, message, FAILED))
        assert "저장소를 쓸 수 없어" in said(await listed(slack, kim))


async def test_a_forged_button_changes_nothing(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules, admins=KIM) as bot:
        await ask(slack, kim)
        message = await listed(slack, kim)
        for block in message["blocks"]:
            for element in block.get("elements", ()):
                element["value"] = "nonsense"
        await press(slack, message, FAILED)
        assert await bot.services.store.synonyms.history(1) == ()
        for value in ("nonsense", Press(word="y" * 500).model_dump_json()):
            for block in message["blocks"]:
                for element in block.get("elements", ()):
                    element["value"] = value
            assert "너무 짧거나 긴 말" in said(await press(slack, message, "뜻 없음"))
        assert await bot.services.store.synonyms.history(1) == ()
    assert {CONFIRM, DROP, UNDO, PICK} == {f"synonym:{word}" for word in ("confirm", "drop", "undo", "pick")}
