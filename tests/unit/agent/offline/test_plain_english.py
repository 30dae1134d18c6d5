"""English in other words than the catalogue's: kinds that are counted, orders from end to end, what notes say."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many different frameworks do our runs use?", "**4** different values of framework"),
        ("how many teams have a production model", "**2** different values of team"),
        ("how many GPU runs failed", "**1** failed pipeline"),
        ("overall number of samples across every dataset", "11,899,420"),
        ("line up the datasets from most to fewest samples", "Here are **12** datasets, most samples first"),
        ("single biggest artifact we've got, where does it live?", "pytorch_model.bin"),
        ("any deploy note that talks about 조도?", "조도"),
        ("files with best in the path", "with best in the path"),
        ("between A100 and V100, which one hosted more runs?", "**A100** 3, **V100** 3"),
        ("surface-yolov5l against wafer-defect-yolov8m v2.1: precision", "90.8%"),
        ("we have a tiny embedded board, what model fits best", "I recommend **document-paddle-ocr v2.0**"),
    ],
)
def test_it_is_answered(talk: Talk, question: str, told: str) -> None:
    assert told in talk.ask(question).text


def test_what_only_leads_up_to_advice_is_said_to_be_left_out(talk: Talk) -> None:
    told = talk.ask("we have a tiny embedded board, what model fits best").text
    assert "I do not know ‘embedded’, ‘board’, and answered without." in told


@pytest.mark.parametrize("question", ["recommend a fast quantized model", "which quantized model fits best"])
def test_an_unknown_word_that_narrows_down_advice_is_asked_back(talk: Talk, question: str) -> None:
    assert "quantized" in talk.ask(question).text
    assert "recommend **" not in talk.ask(question).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("avg recall for each model stage", "The average recall by stage"),
        ("runs per project type", "**object detection** 6"),
        ("models by project owner", "**김민준** 3"),
        ("users by how many runs they kicked off, busiest on top", "**김민준** 4"),
        ("is anybody on the vision team without a project", "no 비전팀 users without a project"),
        ("what did 강지호 train last", "**nbeats-demand-exp01** is the latest"),
        ("what ran in november", "**rtdetr-pallet-exp01**"),
        ("anything of the vision team in production", "**2** production models of 비전팀"),
        ("models whose precision is higher than their recall", "precision above recall"),
        ("how many artifacts does an average run leave", "**1.86** artifacts per pipeline"),
        ("show deploy notes containing the word 배치", "배치"),
        ("on average how heavy are our checkpoint files", "The average size of checkpoints"),
        ("why did lstm-log-exp01 fail", "Here is lstm-log-exp01: status failed"),
    ],
)
def test_it_is_answered_by_what_its_words_belong_to(talk: Talk, question: str, told: str) -> None:
    assert told in talk.ask(question).text


@pytest.mark.parametrize(
    ("thread", "told"),
    [
        (("datasets of the vision team", "without the small ones, over 20gb only"), "**4** datasets"),
        (("datasets of the vision team", "without those over 20gb"), "**1** dataset"),
        (("runs by 이서연", "the first one", "how long did it take"), "is **8.75 hours**"),
        (("datasets over 50 GB", "except the ones over 100 gb"), "**2** datasets"),
    ],
)
def test_a_bound_is_turned_by_what_leaves_it_out_alone(talk: Talk, thread: tuple[str, ...], told: str) -> None:
    assert told in [talk.ask(question).text for question in thread][-1]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("which of our people haven't shipped anything to prod", "**4** users without production models"),
        ("which owners have nothing in production", "**4** users without production models"),
        ("top gpu by total hours", "The total duration by GPU: **V100** 61.5 hours"),
        ("how does average f1 compare between nlp and vision teams", "**NLP팀** 90.37%, **비전팀** 89.05%"),
        ("how long since voice-summary was created", "created on **7 May 2025**"),
        ("show the two fastest models and their f1", "Here are **2** models"),
        ("models with either recall or precision above 95%", "recall over 95% or with precision over 95%"),
        ("models with recall and precision above 0.9", "recall over 90% and precision over 90%"),
        ("datasets over 100 GB or with more than 100000 samples", "There are **6** datasets"),
        ("can you rank teams by number of completed runs", "**비전팀** 5"),
        ("runs grouped by owner and status", "by status·user"),
    ],
)
def test_what_is_joined_and_what_is_lacked_is_read(talk: Talk, question: str, told: str) -> None:
    assert told in talk.ask(question).text


@pytest.mark.parametrize(
    ("thread", "told"),
    [
        (("how big are our csv datasets combined",), "**5.5 GB**"),
        (("what's the tiniest dataset by size",), "**churn-2022**"),
        (("which production model has the weakest recall",), "**intent-kobert v3.0**"),
        (("lsit the faild runs and thier gpus",), "T4"),
        (("which projects have a model in production, and what's it called",), "**4** production models"),
        (("datasets per format", "just the top one"), "**COCO** 2"),
    ],
)
def test_slang_for_size_and_slips_are_read(talk: Talk, thread: tuple[str, ...], told: str) -> None:
    assert told in [talk.ask(question).text for question in thread][-1]
