"""One thread, two engines: what the one answered, the other knows, also after a restart."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import AskError, ModelUnavailable
from agent.limits import Limits
from agent.llm.protocol import Completion
from agent.offer import Choice, Offer
from agent.offline import OfflineModel
from agent.prompt import PromptWriter
from agent.schema_prompt import CurrentSchema
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.store.alerts.records import Destination, Found, Routed
from tests.parts import NOW, open_parts
from tests.scripted import ScriptedModel, runs, says
from tests.unit.db.store.alerts.samples import stand

DOWN = ModelUnavailable("down")
BEST = "SELECT name, version FROM models WHERE name = 'intent-kobert'"


async def ask_offline(folder: Path, question: str, thread: str = "t1") -> tuple[str, list[tuple[object, ...]]]:
    """The answer by rules, from parts that are opened anew: nothing but the store remembers."""
    build_sample(folder / "catalog.db")
    async with (
        await Catalog.open(f"sqlite:///{folder}/catalog.db", SAMPLE_SEMANTICS) as catalog,
        open_parts(folder, [OfflineModel(catalog)]) as parts,
    ):
        answer = await parts.ask(question, thread)
    return answer.text, list(answer.result.rows) if answer.result else []


async def ask_model(folder: Path, question: str, *script: Completion | Exception, thread: str = "t1") -> ScriptedModel:
    model = ScriptedModel(*script)
    async with open_parts(folder, [model]) as parts:
        await parts.ask(question, thread)
    return model


async def test_a_thread_goes_from_the_model_to_the_rules_and_back(tmp_path: Path) -> None:
    await ask_model(tmp_path, "추천해줘", runs(BEST), says("**intent-kobert v3.0**을 추천합니다."))
    text, rows = await ask_offline(tmp_path, "그 모델 재현율은?")
    assert "87.3%" in text
    assert rows == [(4, "intent-kobert", "v3.0", 0.873)]
    model = await ask_model(tmp_path, "걔 만든 사람은?", says("이서연입니다."))
    memory = model.prompts[0].memory
    assert [turn.question for turn in memory.turns] == ["추천해줘", "그 모델 재현율은?"]
    assert [focus.label for focus in memory.turns[1].focus] == ["intent-kobert v3.0"]
    text, rows = await ask_offline(tmp_path, "정밀도는?")
    assert rows == [(4, "intent-kobert", "v3.0", 0.902)]


async def test_the_models_prompt_shows_what_the_rules_spoke_of(tmp_path: Path) -> None:
    await ask_offline(tmp_path, "wafer-defect-yolov8m v2.1 성능")
    model = await ask_model(tmp_path, "그 모델은?", says("네"))
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as catalog:
        question = PromptWriter(CurrentSchema(catalog, Limits())).messages(model.prompts[0])[-1]["content"]
    assert "models: wafer-defect-yolov8m v2.1" in question


async def test_what_was_asked_back_is_answered_by_the_next_engine(tmp_path: Path) -> None:
    _, rows = await ask_offline(tmp_path, "그 모델 스테이지는?")
    assert rows == []
    model = await ask_model(tmp_path, "2번", says("staging입니다."))
    assert model.prompts[0].question == "solder-convnext-t 스테이지는?"


async def test_choices_of_the_model_are_understood_by_the_rules(tmp_path: Path) -> None:
    choices = (Choice("김민준", "김민준 프로젝트 보여줘"), Choice("이서연", "이서연 프로젝트 보여줘"))
    offer = Offer("asked_back", choices)
    await ask_model(tmp_path, "그 사람 프로젝트?", Completion("누구요?", offer=offer))
    _, rows = await ask_offline(tmp_path, "이서연이요")
    assert sorted(str(row[1]) for row in rows) == ["callcenter-intent", "voice-summary"]


async def test_a_question_that_failed_still_says_who_is_meant(tmp_path: Path) -> None:
    await ask_offline(tmp_path, "이서연 프로젝트 보여줘")
    with pytest.raises(AskError):
        await ask_model(tmp_path, "최유진 프로젝트 보여줘", DOWN)
    with pytest.raises(AskError):
        await ask_model(tmp_path, "  ", DOWN)
    _, rows = await ask_offline(tmp_path, "그 사람 이메일은?")
    assert rows == [(4, "최유진", "yujin.choi@example.com")]
    model = await ask_model(tmp_path, "계속", says("네"))
    assert [turn.answer for turn in model.prompts[0].memory.turns][1] == "(no answer: model_unavailable)"
    assert len(model.prompts[0].memory.turns) == 3


async def test_turns_kept_without_a_frame_still_load(tmp_path: Path) -> None:
    await ask_offline(tmp_path, "intent-kobert v3.0 재현율")
    with closing(sqlite3.connect(tmp_path / "store.db")) as store:
        [(kept,)] = store.execute("SELECT frame FROM turns").fetchall()
        assert {"query", "rows", "spoken", "style", "offer"} <= set(json.loads(kept))
        store.execute("UPDATE turns SET frame = NULL")
        store.commit()
    _, rows = await ask_offline(tmp_path, "그 모델 스테이지는?")
    assert rows == [(4, "intent-kobert", "v3.0", "production")]


async def test_below_an_alert_only_its_owner_is_the_owner(tmp_path: Path) -> None:
    details = {"id": 9, "name": "lstm-log-exp01", "project": "log-anomaly", "owner": "정하은", "gpu": None}
    async with open_parts(tmp_path, []) as parts:
        alerts = parts.store.alerts
        await alerts.record("failed", [], NOW, lambda _: Routed())
        failure = Found("s1", "f1", "9", "lstm-log-exp01", "log-anomaly", "", NOW, details)
        await alerts.record("failed", [failure], NOW, lambda _: Routed((Destination("C1"),)))
        await stand(parts.store, "9.9")
        (standing,) = await alerts.standing("C1", "9.9")
        assert {name: standing[name] for name in details} == details
        assert await alerts.standing("C1", "9.8") == ()
    for question, value in (("담당자 이메일 알려줘", "haeun.jung@example.com"), ("왜 실패했어?", "lstm-log-exp01")):
        _, rows = await ask_offline(tmp_path, question, "9.9")
        assert len(rows) == 1
        assert value in rows[0]
    model = await ask_model(tmp_path, "누구 거야?", says("정하은 님입니다."), thread="9.9")
    [alert, *_] = model.prompts[0].memory.turns
    assert "owner 정하은" in alert.answer
    assert [focus.label for focus in alert.focus][:1] == ["lstm-log-exp01"]
