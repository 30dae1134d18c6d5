"""Feedback: what a click or a form does, with a real store and Slack's calls answered on loopback."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.features.clicks import Click, Reason, Spot, read_click, read_form
from bot.features.ratings import Ratings
from bot.messages.feedback import REASONS, buttons, form, read_value, thanks
from bot.messages.sentences import sentence
from bot.playground.rules.blocks import refuse_blocks
from bot.playground.rules.views import refuse_view
from bot.tasks import Tasks
from db.catalog.meaning import Language
from db.store.records import Rating
from db.store.store import Store
from tests.parts import frozen_clock
from tests.unit.bot.slack_calls import SlackCalls, slack_calls
from tests.unit.db.store.samples import a_turn

SPOT = Spot(turn_id="t1", language="ko", channel="C1", thread_ts="1.0")


@dataclass
class Desk:
    """Ratings with all they stand on."""

    slack: SlackCalls
    store: Store
    path: Path
    ratings: Ratings
    tasks: Tasks

    async def click(self, rating: Rating, spot: Spot = SPOT, user: str = "U1") -> None:
        self.ratings.rate(Click(spot, user, rating, "trigger"))
        await self.tasks.drain(10)

    async def send(self, code: str = "slow", expected: str | None = "5초", spot: Spot = SPOT) -> str | None:
        problem = await self.ratings.explain(Reason(spot, "U1", code, expected))
        await self.tasks.drain(10)
        return problem

    @property
    def kept(self) -> list[tuple[str | None, ...]]:
        with closing(sqlite3.connect(self.path)) as owner:
            return owner.execute("SELECT user_id, rating, reason, expected FROM feedback").fetchall()

    def lose(self) -> None:
        with closing(sqlite3.connect(self.path)) as owner:
            owner.execute("ALTER TABLE feedback RENAME TO lost")

    @contextmanager
    def locked(self) -> Iterator[None]:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as owner:
            owner.execute("BEGIN IMMEDIATE")
            yield
            owner.execute("ROLLBACK")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with slack_calls() as slack, await Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        await store.turns.start(a_turn("t1"))
        tasks = Tasks()
        ratings = Ratings(store.feedback, slack.replies, tasks, frozen_clock, "T1")
        yield Desk(slack, store, tmp_path / "store.db", ratings, tasks)


async def test_a_good_rating_is_kept_and_thanked_for_in_the_thread_of_its_turn(desk: Desk) -> None:
    await desk.click("good")
    assert desk.kept == [("U1", "good", None, None)]
    (word,) = desk.slack.of("chat.postEphemeral")
    assert (word["channel"], word["user"], word["thread_ts"]) == ("C1", "U1", "1.0")
    assert desk.slack.said == [thanks("good", "ko")]
    assert desk.slack.of("views.open") == []


async def test_a_bad_rating_is_kept_and_asks_for_its_reason(desk: Desk) -> None:
    await desk.click("bad")
    assert desk.kept == [("U1", "bad", None, None)]
    (opened,) = desk.slack.of("views.open")
    assert opened["trigger_id"] == "trigger"
    assert Spot.model_validate_json(opened["view"]["private_metadata"]) == SPOT
    assert desk.slack.said == [], "the form is the word"


async def test_a_reason_is_added_and_thanked_for(desk: Desk) -> None:
    await desk.click("bad")
    assert await desk.send() is None
    assert desk.kept == [("U1", "bad", "slow", "5초")]
    assert desk.slack.said == [thanks("bad", "ko")]


async def test_a_double_click_is_one_rating_with_one_form_and_one_word(desk: Desk) -> None:
    desk.ratings.rate(Click(SPOT, "U1", "bad", "one"))
    await desk.click("bad")
    assert len(desk.slack.of("views.open")) == 1
    desk.ratings.rate(Click(SPOT, "U2", "good", "two"))
    await desk.click("good", user="U2")
    assert len(desk.slack.said) == 1
    assert len(desk.kept) == 2


async def test_of_many_quick_clicks_the_last_one_counts(desk: Desk) -> None:
    for rating in ("bad", "good", "bad", "good"):
        desk.ratings.rate(Click(SPOT, "U1", rating, "trigger"))
    await desk.tasks.drain(10)
    assert desk.kept == [("U1", "good", None, None)]


async def test_a_second_look_at_the_bad_button_opens_the_form_again(desk: Desk) -> None:
    await desk.click("bad")
    await desk.send()
    await desk.click("bad")
    assert len(desk.slack.of("views.open")) == 2
    assert desk.kept == [("U1", "bad", "slow", "5초")]


async def test_a_form_sent_again_changes_nothing_and_is_thanked_for_once(desk: Desk) -> None:
    assert await desk.send() is None
    assert await desk.send() is None
    assert desk.kept == [("U1", "bad", "slow", "5초")]
    assert len(desk.slack.said) == 1


@pytest.mark.parametrize("error", ["expired_trigger_id", "invalid_arguments", 500])
async def test_a_rating_whose_form_does_not_open_is_kept_and_says_so(desk: Desk, error: str | int) -> None:
    desk.slack.errors["views.open"] = error
    await desk.click("bad")
    assert desk.kept == [("U1", "bad", None, None)]
    assert desk.slack.said == [sentence("form_refused", "ko")]
    assert len(desk.slack.of("views.open")) == 1, "a trigger works once"


async def test_a_click_that_is_delivered_twice_says_nothing_about_its_used_trigger(desk: Desk) -> None:
    desk.slack.errors["views.open"] = "exchanged_trigger_id"
    await desk.click("bad")
    assert desk.slack.said == []


@pytest.mark.parametrize(
    "spot", [SPOT.model_copy(update={"turn_id": "ghost"}), SPOT.model_copy(update={"channel": "C2"})]
)
async def test_a_turn_that_is_not_there_is_not_rated_and_the_reader_is_told(desk: Desk, spot: Spot) -> None:
    await desk.click("good", spot)
    await desk.click("bad", spot)
    assert desk.slack.said == [sentence("rating_unknown", "ko")] * 2
    assert await desk.send(spot=spot) == sentence("rating_unknown", "ko")
    assert desk.kept == []


async def test_a_withdrawn_turn_is_not_rated_and_the_reader_is_told(desk: Desk) -> None:
    await desk.store.turns.forget("t1")
    await desk.click("good")
    assert desk.slack.said == [sentence("rating_unknown", "ko")]


async def test_without_a_store_the_form_opens_all_the_same_and_the_reader_is_told(desk: Desk) -> None:
    desk.lose()
    await desk.click("bad")
    assert len(desk.slack.of("views.open")) == 1
    assert desk.slack.said == [sentence("rating_lost", "ko")]
    assert await desk.send() == sentence("rating_lost", "ko"), "the form stays open with what was typed"


async def test_a_locked_store_does_not_keep_the_form_from_opening(desk: Desk) -> None:
    with desk.locked():
        desk.ratings.rate(Click(SPOT, "U1", "bad", "trigger"))
        async with asyncio.timeout(5):
            assert await desk.slack.arrived.get() == "views.open"
        problem = await desk.ratings.explain(Reason(SPOT, "U1", "slow", None))
        assert problem == sentence("rating_lost", "ko"), "a form is answered within three seconds"
    await desk.tasks.drain(10)
    assert desk.kept == [("U1", "bad", None, None)]


async def test_where_the_bot_cannot_post_the_word_goes_by_the_response_url(desk: Desk) -> None:
    desk.slack.errors["chat.postEphemeral"] = "not_in_channel"
    await desk.click("good", SPOT.model_copy(update={"response_url": f"{desk.slack.base}respond"}))
    (word,) = desk.slack.of("respond")
    assert word["replace_original"] is False
    assert desk.slack.said == [thanks("good", "ko")]


async def test_a_word_that_nobody_takes_is_no_error(desk: Desk) -> None:
    desk.slack.errors["chat.postEphemeral"] = "user_not_in_channel"
    await desk.click("good")
    assert desk.kept == [("U1", "good", None, None)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_buttons_bring_back_rating_language_and_turn(language: Language) -> None:
    (element,) = buttons("ab12", language)["elements"]
    assert read_value(element["positive_button"]["value"]) == ("good", language, "ab12")
    assert read_value(element["negative_button"]["value"]) == ("bad", language, "ab12")
    assert refuse_blocks([buttons("ab12", language)], "message", limit=50) is None


@pytest.mark.parametrize(
    "value",
    ["", "None", "ab12", "fine:ko:ab12", "bad:fr:ab12", "bad:ko:", "bad:ko:ab 12", "bad:ko:" + "a" * 65, "bad:ko:가"],
)
def test_a_value_that_is_not_ours_is_a_rating_of_no_turn(value: str) -> None:
    assert read_value(value) == ("good", "ko", "")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_form_keeps_slacks_limits_and_offers_every_reason(language: Language) -> None:
    view = form(language, SPOT.model_dump_json())
    assert refuse_view(view, {"modal"}) is None
    reason, expected, understanding = view["blocks"]
    assert [option["value"] for option in reason["element"]["options"]] == list(REASONS)
    assert (expected["optional"], expected["element"]["max_length"]) == (True, 2_000)
    assert understanding["optional"]
    assert [option["value"] for option in understanding["element"]["options"]] == list("12345")


def click_body(value: str | None, **more: Any) -> dict[str, Any]:
    return {"user": {"id": "U1"}, "trigger_id": "1.2", "actions": [{"action_id": "feedback", "value": value}], **more}


def test_a_click_on_a_message_tells_where_it_stands() -> None:
    body = click_body(
        "bad:en:t1", channel={"id": "C1"}, message={"ts": "2.0", "thread_ts": "1.0"}, response_url="https://x"
    )
    spot = Spot(turn_id="t1", language="en", channel="C1", thread_ts="1.0", response_url="https://x")
    assert read_click(body) == Click(spot, "U1", "bad", "1.2")


def test_a_click_on_an_ephemeral_message_has_only_its_container() -> None:
    container = {"type": "message", "message_ts": "2.0", "channel_id": "C1", "is_ephemeral": True}
    assert read_click(click_body("good:ko:t1", container=container)).spot == Spot(
        turn_id="t1", language="ko", channel="C1"
    )
    assert read_click(click_body(None, container=container)).spot.turn_id == ""


def form_body(metadata: str, option: dict[str, Any] | None, expected: str | None) -> dict[str, Any]:
    values = {"reason": {"reason": {"selected_option": option}}, "expected": {"expected": {"value": expected}}}
    return {"user": {"id": "U1"}, "view": {"private_metadata": metadata, "state": {"values": values}}}


def test_a_form_is_read_with_its_spot() -> None:
    body = form_body(SPOT.model_dump_json(), {"value": "odd_sql"}, " 3건 ")
    assert read_form(body) == Reason(SPOT, "U1", "odd_sql", "3건")


@pytest.mark.parametrize("metadata", ["", "{}", "no json", '{"turn_id": 3}'])
def test_a_form_that_is_not_ours_is_one_on_no_turn(metadata: str) -> None:
    read = read_form(form_body(metadata, {"value": "hacked"}, "x" * 5_000))
    assert (read.spot.turn_id, read.code, len(read.expected or "")) == ("", "other", 2_000)
    assert read_form(form_body(metadata, None, None)).expected is None
