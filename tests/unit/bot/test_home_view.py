"""The Home tab's blocks: within Slack's limits for any rows, any questions, any names."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.glance import Glance, glance
from agent.headings import Heading
from agent.llm.protocol import Completion, Engine
from agent.offline.engine import OfflineModel
from bot.messages.home import Page, home_view, read_question
from bot.messages.person import person_lines
from bot.messages.preferences import preferences_message, read_choice
from bot.playground.rules.blocks import refuse_blocks, refuse_message, texts
from bot.playground.rules.text import calls
from bot.playground.rules.views import refuse_view
from db.catalog.catalog import Catalog
from db.catalog.meaning import Language
from db.catalog.people import Person
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.table import Table
from db.store.preferences import CHOICES, Preferences
from tests.scripted import runs

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = st.text(max_size=40) | st.sampled_from(
    ["<!channel>", "<@U1>", "*굵게*", "x" * 5_000, "\u202e", "가" * 3_000, ""]
)
CELLS = st.none() | st.integers() | st.floats() | WORDS


@st.composite
def looks(draw: st.DrawFn) -> Glance:
    width = draw(st.integers(1, 30))
    columns = tuple(f"c{at}" for at in range(width))
    row = st.tuples(*[CELLS] * width)
    rows = draw(st.lists(row, max_size=12))
    return Glance(draw(WORDS), Table(columns, tuple(rows), truncated=draw(st.booleans())), tuple(map(Heading, columns)))


@settings(max_examples=40, deadline=None)
@given(
    panels=st.lists(looks(), max_size=8),
    recent=st.lists(WORDS, max_size=8),
    person=st.lists(WORDS, max_size=4),
    problems=st.lists(WORDS, max_size=3),
    wanted=st.none() | st.just(Preferences()),
    language=st.sampled_from(["ko", "en"]),
)
def test_any_page_is_taken_and_calls_nobody(
    panels: list[Glance],
    recent: list[str],
    person: list[str],
    problems: list[str],
    wanted: Preferences | None,
    language: Language,
) -> None:
    view = home_view(Page("D1", person, panels, recent, (), wanted, problems), language)
    assert refuse_view(view, {"home"}) is None
    assert calls("", view["blocks"]) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_settings_show_what_holds(language: Language) -> None:
    wanted = Preferences(language="en", length="summary", steps="on", sql="on", usage="on")
    message = preferences_message(wanted, language)
    assert refuse_message({"text": message.text, "blocks": list(message.blocks)}) is None
    selects = {b["accessory"]["action_id"]: b["accessory"] for b in message.blocks if "accessory" in b}
    assert list(selects) == [f"preference:{name}" for name in CHOICES]
    for name in CHOICES:
        assert selects[f"preference:{name}"]["initial_option"]["value"] == getattr(wanted, name)


def test_what_was_chosen_is_read_and_what_is_none_of_ours_is_nothing() -> None:
    action: dict[str, Any] = {"action_id": "preference:sql", "selected_option": {"value": "on"}}
    assert read_choice({"actions": [action]}) == ("sql", "on")
    assert read_choice({"actions": [{"action_id": "preference:sql"}]}) == ("sql", "None")
    assert read_question({"actions": [{}]}) == ""


def test_who_somebody_is_is_said_as_far_as_it_is_known() -> None:
    kim = Person(("users", "name"), "김민준", team=(("users", "team"), "비전팀"))
    assert "비전팀의 김민준 님" in "".join(person_lines(kim, "k@x.org", "slack", "ko"))
    alone = Person(("users", "name"), "Kim")
    assert "you are Kim." in "".join(person_lines(alone, "k@x.org", "link", "en"))
    assert "/mlops link" in "".join(person_lines(None, None, "slack", "ko"))
    assert "k@x.org" in "".join(person_lines(None, "k@x.org", "slack", "en"))
    assert "linked" in "".join(person_lines(None, "k@x.org", "link", "en"))


async def test_a_look_names_rows_first_and_categories_as_people_call_them(tmp_path: Path) -> None:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as catalog:
        rules = OfflineModel(catalog)
        look = await glance("김민준의 프로젝트", None, rules, catalog, NOW, "ko")
        assert look is not None
        assert look.table.columns[0] == "name"
        assert "id" not in look.table.columns
        at = look.table.columns.index("status")
        assert {row[at] for row in look.table.rows} == {"진행 중"}
        assert await glance("안녕", None, rules, catalog, NOW, "ko") is None
        failing = Scripted(runs("SELECT nothing FROM users"))
        assert await glance("x", None, failing, catalog, NOW, "ko") is None


class Scripted:
    """A model that says one thing."""

    name = "scripted"
    engine: Engine = "offline"

    def __init__(self, completion: Completion) -> None:
        self._completion = completion

    async def complete(self, prompt: object, on_text: object) -> Completion:
        return self._completion


def test_the_view_has_no_more_blocks_than_slack_takes() -> None:
    look = Glance("q", Table(("a",), (("x",),)), (Heading("a"),))
    view = home_view(Page("D1", panels=[look] * 5, recent=["q"] * 200), "ko")
    assert len(view["blocks"]) == 100
    assert refuse_blocks(view["blocks"], "home", limit=100) is None
    assert "q" in texts(view["blocks"])
