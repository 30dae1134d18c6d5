"""Files by a click: the same rows, more of them, as the person who clicked sees them."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.explanation import Clause, Explanation
from agent.offline.engine import OfflineModel
from bot.features.exports import unlimited
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Message, UploadedFile
from tests.slack.bot import TestModel, running
from tests.slack.test_evidence import answered, press, whispers
from tests.slack.test_policy import POLICY, SEMANTICS
from tests.slack.workspace import KIM, LEE
from tests.unit.bot.test_spreadsheet import sheets

pytestmark = pytest.mark.unpaced

SQL = "SELECT name, parameters_m FROM models ORDER BY id"
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n"
SHARE = "files.completeUploadExternal"


def files(slack: LocalSlack) -> list[UploadedFile]:
    return [file for file in slack.workspace.files.values() if file.is_complete]


async def shared(slack: LocalSlack, count: int = 1) -> UploadedFile:
    await slack.journal.until(lambda: len(files(slack)) == count, "a file")
    return files(slack)[-1]


def rows(file: UploadedFile) -> list[list[str]]:
    assert file.content is not None
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def until_whispered(slack: LocalSlack, part: str, user: str = KIM) -> None:
    await slack.journal.until(lambda: any(part in text for text in whispers(slack, user)), part)


async def test_the_rows_go_into_the_thread_under_the_headings_of_the_table(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)) as bot:
        answer = await answered(slack, kim)
        await press(slack, answer, "csv")
        file = await shared(slack)
        await slack.journal.until(lambda: len(slack.messages("C1", answer["thread_ts"])) == 2)
        message: Message = slack.messages("C1", answer["thread_ts"])[1]
        noted = await bot.services.store.audit.latest("T1", ["ran"], 5)
    assert [(one.user_id, one.sql, one.rows) for one in noted] == [(KIM, SQL, 9)] * 2, (
        "the answer's query, and the file's"
    )
    assert rows(file)[0] == ["모델 이름", "파라미터 수 (M)"]
    assert len(rows(file)) == 10
    assert file.name.endswith("-20261121-1000.csv")
    assert file.title == "모델의 mAP는?"
    assert message["text"] == "9행입니다."
    assert message["files"][0]["id"] == file.id
    assert whispers(slack) == []


async def test_a_workbook_tells_the_question_the_sql_and_the_time(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim, "=1+1은 모델의 mAP인가요?")
        await press(slack, answer, "xlsx", LEE)
        file = await shared(slack)
    assert file.content is not None
    first, about = sheets(file.content)
    assert first[0] == ["모델 이름", "파라미터 수 (M)"]
    assert about == [
        ["질문", "=1+1은 모델의 mAP인가요?"],
        ["SQL", SQL],
        ["만든 시각", "2026-11-21 10:00:00 KST"],
        ["행 수", "9"],
    ]


async def test_a_file_has_more_rows_than_an_answer_and_says_where_it_ends(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=MANY.format(3_000))) as bot:
        answer = await answered(slack, kim)
        await press(slack, answer, "csv")
        assert len(rows(await shared(slack))) == 3_001
        bot.model.sql = MANY.format(50_000)
        more = await answered(slack, kim, "더 많이")
        await press(slack, more, "csv")
        assert len(rows(await shared(slack, 2))) == 10_001
        await slack.journal.until(lambda: len(slack.messages("C1", more["thread_ts"])) == 2)
        assert "앞의 10,000행" in slack.messages("C1", more["thread_ts"])[1]["text"]


async def test_the_limit_that_nobody_asked_for_does_not_end_a_file(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=lambda known: [OfflineModel(known)]):
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            made = ((f"run-{at}",) for at in range(300))
            owner.executemany("INSERT INTO pipelines (dataset_id, name, status) VALUES (1, ?, 'completed')", made)
        answer = await answered(slack, kim, "파이프라인 전부 보여줘")
        assert "200행이 넘는 결과 중" in str(answer["blocks"])
        await press(slack, answer, "csv")
        assert len(rows(await shared(slack))) > 300


async def test_a_file_of_rows_that_were_drawn_later_has_the_question_that_found_them(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=lambda known: [OfflineModel(known)]):
        first = await answered(slack, kim, "상태별 파이프라인 수는?")
        ts = str(first["thread_ts"])
        await kim.mention("그래프로 보여줘", thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
        await slack.deliveries.settled()
        await press(slack, slack.messages("C1", ts)[1], "csv")
        file = await shared(slack)
    assert file.title == "상태별 파이프라인 수는?"


async def test_a_double_click_makes_one_file_and_later_another(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        await press(slack, answer, "csv")
        await press(slack, answer, "csv")
        await shared(slack)
        await until_whispered(slack, "방금 올린 파일")
        await press(slack, answer, "xlsx")
        await shared(slack, 2)
    assert len(slack.journal.of(SHARE)) == 2


async def test_what_cannot_be_sent_is_told_and_may_be_tried_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        slack.break_next("files.getUploadURLExternal", Fault(error="file_upload_size_restricted"))
        await press(slack, answer, "csv")
        await until_whispered(slack, "올리지 못했습니다")
        await press(slack, answer, "csv")
        await shared(slack)


async def test_a_file_that_takes_its_time_is_announced(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        slack.break_next(SHARE, Fault(delay_s=1.5))
        await press(slack, answer, "csv")
        await until_whispered(slack, "만들고 있습니다")
        await shared(slack)


async def test_rows_that_are_there_no_more_are_told_of(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            owner.execute("ALTER TABLE models DROP COLUMN parameters_m")
        await press(slack, answer, "csv")
        await until_whispered(slack, "만들지 못했습니다")
        (tmp_path / "catalog.db").unlink()
        await press(slack, answer, "xlsx")
        await until_whispered(slack, "카탈로그를 읽을 수 없습니다")
    assert files(slack) == []


@pytest.fixture
def policed(tmp_path: Path) -> dict[str, Any]:
    """The settings of a bot where two people see different parts."""
    (tmp_path / "semantics.yml").write_text(SEMANTICS, "utf-8")
    (tmp_path / "policy.yml").write_text(POLICY % KIM, "utf-8")
    semantics = tmp_path / "semantics.yml"
    return {"policy": tmp_path / "policy.yml", "semantics": semantics, "agents_semantics": semantics}


async def test_who_clicks_gets_the_rows_that_they_see_and_no_sql_of_others(
    tmp_path: Path, slack: LocalSlack, kim: Person, policed: dict[str, Any]
) -> None:
    """Kim leads and sees all; Lee, whose address is unknown, sees no row and no private column."""
    people, metrics = "SELECT name FROM users", "SELECT confidence_threshold FROM metrics"
    async with running(tmp_path, slack, TestModel(sql=people), **policed) as bot:
        answer = await answered(slack, kim)
        await press(slack, answer, "xlsx", KIM)
        mine = await shared(slack)
        await press(slack, answer, "xlsx", LEE)
        theirs = await shared(slack, 2)
        bot.model.sql = metrics
        secret = await answered(slack, kim, "문턱은?")
        await press(slack, secret, "csv", LEE)
        await until_whispered(slack, "볼 수 없는 데이터", LEE)
        await press(slack, secret, "sql", LEE)
        await slack.journal.until(lambda: "질문한 분만" in str(slack.workspace.modals))
    assert mine.content is not None
    assert theirs.content is not None
    assert len(sheets(mine.content)[0]) > 1
    assert people in str(sheets(mine.content)[1])
    assert len(sheets(theirs.content)[0]) == 1
    assert people not in str(sheets(theirs.content)[1])
    assert len(files(slack)) == 2


def test_only_the_rules_own_limit_is_lifted() -> None:
    listed, asked = Clause("", "query", "", query={"limit": None}), Clause("", "query", "", query={"limit": 200})
    sql = "SELECT a FROM t ORDER BY a LIMIT 200"
    assert unlimited(sql, "sqlite", Explanation("offline", "", clauses=(listed,))) == "SELECT a FROM t ORDER BY a"
    assert unlimited(sql, "sqlite", None) == "SELECT a FROM t ORDER BY a"
    assert unlimited(sql, "sqlite", Explanation("offline", "", clauses=(asked,))) == sql
    for other in ("SELECT a FROM t LIMIT 5", "SELECT a FROM t", "SELECT (", "SELECT 1 FROM (SELECT 1 LIMIT 200)"):
        assert unlimited(other, "sqlite", None) == other
