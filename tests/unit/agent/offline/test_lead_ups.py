"""What says why something is asked is left out of an English question; slang and broken English are put plainly."""

import pytest

from agent.offline.words.idioms.plain import plain
from tests.unit.agent.offline.talk import Talk

PLAIN = [
    ("dump every dataset", "show every dataset"),
    ("name of the largest dataset", "name of the largest dataset"),
    ("For my quarterly deck: how many models are live?", "how many models are live?"),
    ("for the vision team: how many models are live?", "for the vision team: how many models are live?"),
    ("Sorry for bothering, who owns it?", "who owns it?"),
    ("sorry I meant recall", "sorry I meant recall"),
    ("list live models, asking for a friend", "list live models?"),
    ("list live models, nothing archived", "list live models, nothing archived"),
    ("runs from June of 2024", "runs from June 2024"),
    ("runs that failed lastmonth", "runs that failed last month"),
    ("our beefiest model", "our largest model"),
    ("anything in prod slower than 40ms", "anything in prod over 40ms"),
    ("models slower than average", "models slower than average"),
    ("who has the highest model count", "who has the most models"),
    ("we don't have any paused projects, do we?", "are there any paused projects?"),
]


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_what_only_leads_up_to_a_question_is_left_out(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("are there paused projects that already hold some data?", {"voice-summary", "log-anomaly"}),
        ("datasets which nobody never trained on, is it exist?", {"meeting-audio-ko"}),
        ("runs wrapping upthis month, which ones were those", {"rtdetr-pallet-exp01"}),
    ],
)
def test_rows_are_found_by_what_they_have_or_lack(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


def test_groups_without_any_are_left_out_on_demand(talk: Talk) -> None:
    every = talk.ask("models per owner").column("models_count")
    some = talk.ask("models per owner - folks w/o any can be left out").column("models_count")
    assert 0 in every
    assert some == [count for count in every if count]


def test_the_files_of_a_thread_are_summed(talk: Talk) -> None:
    talk.ask("what did yolov8-wafer-exp02 leave behind")
    talk.ask("ckpts only")
    assert "156.5 MB" in talk.ask("how much is that altogether in MB?").text


def test_one_of_two_is_picked(talk: Talk) -> None:
    talk.ask("show me datasets made in 2026")
    assert talk.ask("which of those two is bigger?").column("name") == ["pallet-cam-raw"]


def test_the_ending_of_a_file_is_no_slip(talk: Talk) -> None:
    told = talk.ask("artifacts ending in config.json")
    assert len(told.rows) == 3
    assert "jsonl" not in told.text
