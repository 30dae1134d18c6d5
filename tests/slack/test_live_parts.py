"""Parts of what is shown live, against the local Slack: where budgets are spent, calls fail, or Slack says no."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from agent.answer import Answer, Ask, ThreadKey, Usage
from agent.progress import Progress
from bot.endings import Endings
from bot.lanes import Lanes
from bot.live.live import Beat, Live
from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.replies import Replies
from bot.slack import make_client
from bot.tasks import Tasks
from bot.wire import SlackRefused, Wire
from db.store.store import Store
from tests.parts import NOW, frozen_clock, open_parts
from tests.slack.bot import lose_store, settings_for
from tests.slack.live import only, shown
from tests.slack.workspace import left

ASK = Ask("t1", ThreadKey("T1", "C1", "1.0"), "U1", "첫 질문", NOW, "1.0")
BEAT = Beat(quiet_s=0, stream_s=0, edit_s=0, stop_s=0.01)


@dataclass
class Stage:
    """What stands behind a show."""

    live: Live
    endings: Endings
    lanes: Lanes
    store: Store
    wire: Wire
    client: AsyncWebClient


@pytest.fixture
async def stage(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Stage]:
    left(slack, "첫 질문", ts="1.0")
    async with aiohttp.ClientSession() as session, open_parts(tmp_path, []) as parts:
        client, tasks = make_client(settings_for(slack), session, None), Tasks()
        wire = Wire(client, tries=2, backoff_s=0.001)
        endings = Endings(Replies(wire, session), parts.store, parts.catalog, frozen_clock)
        live = Live(client, wire, parts.store.turns, tasks, BEAT)
        yield Stage(live, endings, Lanes(), parts.store, wire, client)
        await tasks.cancel()


async def test_an_answer_whose_stream_cannot_be_ended_soon_is_posted_and_the_stream_deleted(
    slack: LocalSlack, stage: Stage
) -> None:
    job = stage.lanes.job(ASK, "ko")
    job.show = stage.live.begin(ASK, "ko")
    await slack.journal.until(lambda: slack.messages("C1", "1.0"), "a stream")
    streamed = only(slack, "1.0")["ts"]
    stage.live.budgets.stops.hold(60)
    await stage.endings.tell(job, Answer("t1", "모두 3건입니다.", "ko", "llm", Usage("m")))
    reply = only(slack, "1.0")
    assert reply["ts"] != streamed
    assert "모두 3건입니다." in shown(reply)
    assert slack.journal.of("chat.stopStream") == []


async def test_where_no_stream_may_begin_nothing_is_shown(slack: LocalSlack, stage: Stage) -> None:
    stage.live.budgets.starts.hold(60)
    show = stage.live.begin(ASK, "ko")
    await show.writer
    assert (show.placed, slack.journal.of("chat.startStream")) == ((), [])


async def test_where_no_message_may_be_edited_nothing_is_shown(slack: LocalSlack, stage: Stage) -> None:
    stage.live.has_streams = False
    stage.live.budgets.edits.hold(60)
    show = stage.live.begin(ASK, "ko")
    await show.writer
    assert (show.placed, slack.messages("C1")) == ((), [])


async def test_a_show_that_is_broken_off_before_its_moment_shows_nothing(slack: LocalSlack, stage: Stage) -> None:
    stage.live.beat = replace(BEAT, quiet_s=60)
    show = stage.live.begin(ASK, "ko")
    await show.finish("네.")
    assert slack.messages("C1") == []


async def test_an_edit_that_is_refused_ends_the_showing_alone(slack: LocalSlack, stage: Stage) -> None:
    stage.live.has_streams = False
    slack.break_next("chat.update", Fault(error="cant_update_message"))
    show = stage.live.begin(ASK, "ko")
    await slack.journal.until(lambda: slack.messages("C1", "1.0"), "a message to edit")
    show.take(Progress("thinking", 1))
    await show.writer
    assert show.placed == (only(slack, "1.0")["ts"],)


async def test_a_message_that_still_streams_is_ended_before_it_is_overwritten_or_deleted(
    slack: LocalSlack, stage: Stage
) -> None:
    recipient: dict[str, Any] = {"recipient_user_id": "U1", "recipient_team_id": "T1"}
    first, second = [
        str((await stage.client.chat_startStream(channel="C1", thread_ts="1.0", **recipient))["ts"]) for _ in range(2)
    ]
    slack.break_next("chat.delete", Fault(error="streaming_state_conflict"))
    await stage.wire.delete("C1", first)
    slack.break_next("chat.stopStream", Fault(error="internal_error"))
    await stage.wire.stop_stream("C1", second)
    await stage.wire.stop_stream("C1", second)
    assert [message["ts"] for message in slack.messages("C1")] == [second]
    slack.break_next("chat.stopStream", Fault(error="restricted_action"))
    with pytest.raises(SlackRefused):
        await stage.wire.stop_stream("C1", second)


async def test_a_message_nobody_was_told_of_is_not_found_where_slack_does_not_tell(
    slack: LocalSlack, stage: Stage
) -> None:
    slack.break_next("conversations.replies", Fault(error="missing_scope"))
    assert await stage.live.found(ASK) == ()
    assert await stage.live.found(ASK) == ()


async def test_a_thread_is_named_once_by_its_first_question_of_ours(
    slack: LocalSlack, stage: Stage, tmp_path: Path
) -> None:
    client = stage.client
    await client.assistant_threads_setStatus(channel_id="C1", thread_ts="1.0", status="…")
    sessions = stage.live.sessions
    await sessions.name(ASK)
    await sessions.name(replace(ASK, turn_id="t2", text="둘째 질문", ts="1.1"))
    assert slack.workspace.sessions["C1", "1.0"]["title"] == "첫 질문"
    await sessions.name(replace(ASK, text="  "))
    left(slack, "남의 스레드", ts="2.0")
    await lose_store(tmp_path)
    await sessions.name(replace(ASK, thread=ThreadKey("T1", "C1", "2.0"), ts="2.1"))
    assert len(slack.journal.of("agents.sessions.rename")) == 1


async def test_what_fails_of_a_session_is_logged_alone(
    slack: LocalSlack, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    slack.break_next("agents.sessions.setStatus", Fault(drops=True), Fault(error="unknown_method"))
    for turn in ("t1", "t2", "t3"):
        await stage.live.sessions.rest(turn, ASK.thread)
    assert "turn t1: no word on its session: ServerDisconnectedError" in caplog.text
    assert "turn t2: no word on its session: unknown_method" in caplog.text
    assert len(slack.journal.of("agents.sessions.setStatus")) == 2, "it is not offered"
