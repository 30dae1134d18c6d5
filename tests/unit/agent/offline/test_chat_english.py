"""English as colleagues type it to one another is read: what is left out, held against, gone by instead."""

from datetime import date

import pytest

from agent.offline.words.idioms.plain import plain
from agent.offline.words.when import date_at
from tests.unit.agent.offline.talk import Talk

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who does'nt run A", "who doesn't run A"),
        ("models from the last fortnight", "models from the last two weeks"),
        ("every format, no duplicates", "every format"),
        ("A and B projects, give me both kinds", "A and B projects"),
        ("give me both", "give me both"),
        ("hours that job needed end to end", "hours that job needed"),
        ("datasets hanging off paused projects", "datasets of paused projects"),
        ("max latency within each stage", "max latency per stage"),
        ("mean precision over the team's models", "mean precision of the team's models"),
        ("mean precision over 0.9", "mean precision over 0.9"),
        ("average size over the last month", "average size in the last month"),
        ("the team's cut of the total", "the team's share of the total"),
        ("recall at or above 0.9", "recall at least 0.9"),
        ("sets used on at least twice", "sets with at least two used"),
        ("frameworks that only ever saw a single run", "frameworks with exactly one run"),
        ("runs that didn't fail or get cancelled", "runs that didn't fail or cancelled"),
        ("projects with at least one model", "projects that have a model"),
        ("projects with at least one hundred runs", "projects with at least one hundred runs"),
        ("runs per gpu, skip the ones with no gpu", "runs per gpu, having gpu"),
        ("latency per stage, drop the ones w/o a number", "latency per stage, non-null only"),
        ("which model tops f1 and what is it", "which model has the best f1 and what is it"),
        ("which model tops 0.9", "which model tops 0.9"),
        ("a model that barely raises false alarms", "a model that with few false alarms"),
        ("is a-1 quicker than b-2 v2 at inference?", "which is quicker, a-1 or b-2 v2?"),
        ("is it faster than b-2", "is it faster than b-2"),
        ("since when?", "when did it start?"),
        ("are all the runs of A completed?", "which runs of A are not completed?"),
        ("are all models trained with B", "are all models trained with B"),
        ("did all runs of 2024 finish?", "which runs of 2024 did not finish?"),
        ("how long was a-1 running before it got cancelled", "how long did a-1 run"),
        ("the newest set, and how big is it", "the newest set with its size"),
        ("how much space do logs eat in total", "total space of logs"),
        ("models whose f1 falls short of 0.9", "models whose f1 under 0.9"),
        ("gap in f1 between A and B", "difference in f1 between A and B"),
        ("runs from slowest to finish to quickest", "runs, slowest first"),
        ("runs that made it to the end", "runs that finished"),
        ("runs that ended badly", "runs that went wrong"),
        ("failed runs, anyone?", "failed runs?"),
        ("what data went into A", "which data was used by A"),
        ("projects of the nlp folks", "projects of the nlp team"),
        ("how many sets and what's their total size", "number of sets and total size of sets"),
        ("does the A team or the B team have more runs", "which team has more, A team or B team, runs"),
        ("비전팀 파이프라인은 전부 완료됐어?", "비전팀 파이프라인 중에 완료 안 된 거"),
        ("nlp projects please, both kinds", "nlp projects"),
        ("start to finish, how long did A take", "how long did A take"),
        ("runs that went longer than a day", "runs that took over one day"),
        ("people with two or more runs", "people with at least two runs"),
        ("types we only have one of", "types with exactly one"),
        ("checkpoints sitting under completed runs", "checkpoints of completed runs"),
        ("files lying under /data/a", "files lying in the path /data/a"),
        ("runs for each gpu, ignoring runs without one", "runs per gpu, having gpu"),
        ("does anyone on the team have more than one project", "who on the team have more than one project"),
        ("does kim own more than one project?", "how many projects does kim have?"),
        ("we hardly have memory on it", "we have little memory"),
        ("runs since when we moved", "runs since when we moved"),
    ],
)
def test_the_words_of_a_chat_are_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("frameworks with exactly one run", "**2** frameworks have exactly 1 pipeline"),
        ("formats with just one dataset", "**2** formats have exactly 1 dataset"),
        ("which datasets got trained on at least twice", "**3** datasets have at least 2 pipelines"),
        ("models with at least 0.9 precision and recall", "precision at least 90% and recall at least 90%"),
        ("models at or above 0.9 on both precision and recall", "**2** models"),
        ("who has the most registered models", "**김민준** has the most models"),
        ("who owns the most archived models", "has the most models"),
        ("projects with at least one production model", "**4** projects"),
        ("avarage size of checkpoints", "The average size of checkpoints"),
        ("biggest dataset by row count, not GB", "**syslog-2024h1** has the most samples"),
        ("is surface-yolov5l quicker than wafer v2.1 at inference?", "I recommend **surface-yolov5l v3.2**"),
        ("is pallet-cam-raw bigger than churn-2022", "largest size first: **pallet-cam-raw**"),
        ("which has more samples, pallet-cam-raw or churn-2022", "most samples first: **churn-2022**"),
        (
            "precision of wafer-defect-yolov8m v2.1 and intent-kobert",
            "named wafer-defect-yolov8m v2.1 or intent-kobert",
        ),
        (
            "wafer-defect-yolov8m v2.1이랑 intent-kobert 정밀도",
            "wafer-defect-yolov8m v2.1·intent-kobert 모델은 **2개**",
        ),
        ("intent-koelectra checkpoint, where is it", "The checkpoint of intent-koelectra is at"),
        ("what have we trained since summer", "since 1 September 2026"),
        ("which dataset is the biggest, with its owner", "(210.5 GB). The user is **이서연**."),
        ("which team has more samples, 비전팀 or NLP팀", "total samples by team: **NLP팀** 481,200"),
        ("project types we only have one of", "**3** types have exactly 1 project"),
        ("no more than 100 ms latency and at least 0.9 f1, which models", "at most 100 ms and F1 at least 90%"),
        ("the surface-yolov5l note, what does it say", "The deploy note of surface-yolov5l v3.2 says"),
        ("are all vision team runs completed", "**2** pipelines of 비전팀 users with status other than completed"),
        ("which models are not evaluated", "**1** model without a metric"),
        ("비전팀 파이프라인 전부 완료됐어?", "완료(completed)가 아닌 파이프라인은 **2개**"),
        ("need the deploy note for intent-koelectra before standup, anyone?", "The deploy note of intent-koelectra"),
        ("what share of our checkpoints is bigger than 100 MB", "6 of 12 checkpoints are artifacts with size over"),
        ("share of production models that are over 90% recall", "3 of 4 production models"),
        ("what share of failed runs is there", "1 of 14 pipelines is a failed pipeline"),
        ("does the nlp team or the vision team have more projects", "**비전팀** 4, **NLP팀** 3"),
        ("ocr and nlp projects, both types", "**2** ocr or nlp projects"),
        ("every framework we've ever trained with", "**4** different values of framework"),
    ],
)
def test_it_is_answered(talk: Talk, question: str, told: str) -> None:
    assert told in talk.ask(question).text


def test_what_is_left_out_is_no_group(talk: Talk) -> None:
    told = talk.ask("total gpu hours per gpu type, completed runs only, leave out the one with no gpu")
    assert [row[0] for row in told.rows] == ["A100", "H100", "T4", "V100"]


def test_what_was_not_measured_is_left_out(talk: Talk) -> None:
    assert len(talk.ask("models and their recall, drop the ones without a value").rows) == 7


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("top 3 models by recall", "make that f1 instead"), "highest F1 first"),
        (("precision of intent-kobert", "make that recall"), "The recall of intent-kobert"),
        (("model count per team", "make it role"), "number of models by role"),
        (("failed runs", "make that cancelled"), "cancelled pipeline"),
        (("precision of intent-kobert pls", "same for koelectra"), "The precision of intent-koelectra"),
        (("model count per team", "what % of the total is vision's"), "**55.6%**"),
    ],
)
def test_it_goes_on_from_what_was_told(talk: Talk, turns: tuple[str, ...], told: str) -> None:
    assert told in [talk.ask(turn).text for turn in turns][-1]


def test_a_time_that_no_column_is_of_is_asked_back(talk: Talk) -> None:
    assert talk.ask("how many hours is rtdetr-pallet-exp01 past its end").text.startswith("I can't tell what")


@pytest.mark.parametrize("question", ["runs started before the audit", "runs started before the meeting"])
def test_before_what_is_no_date_is_asked_back(talk: Talk, question: str) -> None:
    assert talk.ask(question).text.startswith("I can't tell what")


def test_a_value_that_is_not_wanted_is_no_order(talk: Talk) -> None:
    assert "stage other than archived by team" in talk.ask("models by team, not archived").text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the week of Oct 19", "2026-10-19", "2026-10-26"),
        ("week of October 21", "2026-10-19", "2026-10-26"),
        ("in the week beginning 2026-11-02", "2026-11-02", "2026-11-09"),
        ("in the fall of 2024", "2024-09-01", "2024-12-01"),
        ("over the summer", "2026-06-01", "2026-09-01"),
        ("since summer", "2026-09-01", None),
        ("since autumn", "2026-09-01", None),
        ("last winter", "2025-12-01", "2026-03-01"),
        ("in the first half of November", "2026-11-01", "2026-11-16"),
        ("in the second half of October 2025", "2025-10-16", "2025-11-01"),
        ("mid-november", "2026-11-11", "2026-11-21"),
        ("between Oct 1 and Nov 10", "2026-10-01", "2026-11-11"),
        ("between 5 Jan and 20 July 2024", "2024-01-05", "2024-07-21"),
        ("from Jan 5 2024 to Mar 1 2024", "2024-01-05", "2024-03-02"),
        ("Jun 1 - Jun 20", "2026-06-01", "2026-06-21"),
        ("at the end of October"[7:], "2026-10-21", "2026-11-01"),
    ],
)
def test_a_season_or_a_week_is_a_date(text: str, start: str, end: str | None) -> None:
    found = date_at(text, 0, TODAY)
    assert found is not None
    assert (found[0], found[1].start, found[1].end) == (len(text), start, end)


def test_a_season_alone_is_no_date() -> None:
    assert date_at("fall under it", 0, TODAY) is None


def test_the_last_november_is_no_part_of_it() -> None:
    assert date_at("last mar", 0, TODAY) is None


def test_more_than_one_of_what_is_not_counted_is_asked_back(talk: Talk) -> None:
    assert "more than one" in talk.ask("paused projects of more than one").text
