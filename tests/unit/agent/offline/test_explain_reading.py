"""How the rules say what they read, and what a word may be taught."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.explanation import Clause, Explanation
from agent.offline.engine import OfflineModel
from agent.offline.reading.reading import Reading
from agent.offline.saying.explain_reading import MOST_NEAREST
from agent.offline.saying.explain_reading import explained as explained_reading
from agent.offline.saying.teaching import objection, offers
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import Mention
from db.catalog.catalog import Catalog
from db.catalog.learned import Synonym, Target
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.parts import open_parts


async def explained(folder: Path, *questions: str) -> list[Explanation]:
    async with open_parts(folder, lambda known: [OfflineModel(known)]) as parts:
        answers = [await parts.ask(question) for question in questions]
    found = [answer.explanation for answer in answers]
    assert all(isinstance(one, Explanation) for one in found)
    return [one for one in found if one is not None]


async def clause(folder: Path, question: str) -> Clause:
    return (await explained(folder, question))[0].clauses[0]


def kinds(clause: Clause) -> dict[str, str]:
    return {mention.surface: mention.kind for mention in clause.mentions}


async def test_each_mention_has_its_kind_and_what_it_was_taken_for(tmp_path: Path) -> None:
    read = await clause(tmp_path, "2025년에 등록된 production 모델 중 f1이 80% 이상인 것 보여줘")
    found = kinds(read)
    assert found["production"] == "value"
    assert found["모델"] == "table"
    assert found["f1"] == "column"
    assert "amount" in found.values()
    assert "date" in found.values()
    assert read.joins == ("metrics.model_id = models.id",)
    assert ("metrics", "f1_score") in read.refs
    assert read.sql is not None


async def test_a_correction_is_told_with_how_near_it_was(tmp_path: Path) -> None:
    (mention,) = [one for one in (await clause(tmp_path, "이서욘의 모델")).mentions if one.corrected]
    assert mention.corrected is not None
    assert mention.corrected.startswith("이서연")
    assert 0.5 < mention.score < 1


async def test_a_part_of_a_name_scores_less_than_the_name(tmp_path: Path) -> None:
    read = await clause(tmp_path, "exp01 파이프라인 보여줘")
    (part,) = [one for one in read.mentions if one.kind == "part"]
    assert 0 < part.score < 1
    assert part.refs[0] == ("pipelines", "name")


async def test_business_words_are_told_by_name(tmp_path: Path) -> None:
    read = await clause(tmp_path, "오탐이 적은 모델 추천해줘")
    (need,) = [one for one in read.mentions if one.kind == "criterion"]
    assert (need.meanings, need.refs) == (("false_positive",), (("metrics", "precision_val"),))


async def test_the_statement_that_counts_is_told_of_a_count_and_not_the_list_beside_it(tmp_path: Path) -> None:
    counted, listed = await explained(tmp_path, "모델은 몇 개야?", "모델 보여줘")
    assert (counted.clauses[0].sql or "").startswith("SELECT COUNT(models.id)")
    assert (listed.clauses[0].sql or "").startswith("SELECT models.id")


async def test_a_question_of_two_is_two_clauses(tmp_path: Path) -> None:
    (one,) = await explained(tmp_path, "파이프라인은 몇 개고 그중 실패한 건 몇 개야?")
    assert len(one.clauses) == 2


async def test_a_lost_word_has_the_values_of_what_stands_beside_it(tmp_path: Path) -> None:
    read = await clause(tmp_path, "불량 파이프라인 보여줘")
    (lost,) = read.lost
    assert lost.word == "불량"
    assert len(lost.nearest) == MOST_NEAREST
    assert Target("pipelines", "status", "failed") in [one.target for one in lost.nearest]


async def test_a_lost_word_of_latin_letters_has_what_is_written_alike(tmp_path: Path) -> None:
    (lost,) = (await clause(tmp_path, "show the framwrokz of pipelines")).lost
    assert Target("pipelines", "framework") in [one.target for one in lost.nearest]
    assert lost.nearest[0].score > 0.5


async def test_a_word_that_was_sought_in_notes_is_lost_where_none_has_it(tmp_path: Path) -> None:
    assert [one.word for one in (await clause(tmp_path, "황금 모델 보여줘")).lost] == ["황금"]
    assert (await clause(tmp_path, "엣지 모델 보여줘")).lost == ()


async def test_a_question_that_was_understood_has_lost_nothing(tmp_path: Path) -> None:
    assert (await explained(tmp_path, "모델은 몇 개야?"))[0].lost == ()


def told(lexicon: Lexicon, reading: Reading) -> Clause:
    return explained_reading("x", reading, (), lexicon)


async def test_a_word_that_was_corrected_by_itself_scores_by_its_keys(lexicon: Lexicon) -> None:
    senses = lexicon.at("framework")
    (mention,) = told(
        lexicon, Reading("help", mentions=(Mention(0, 9, "framewrok", senses, corrected="framework"),))
    ).mentions
    assert (mention.corrected, mention.kind) == ("framework", "column")
    assert 0.5 < mention.score < 1


async def test_a_short_word_is_like_nothing_and_a_name_like_the_nearest(lexicon: Lexicon) -> None:
    short = Reading("outside", words=("xq",), mentions=(Mention(0, 2, "xq", unknown=True),))
    assert told(lexicon, short).lost[0].nearest == ()
    name = "wafer-defect-yolov9m"
    near = Reading("unclear", words=(name,), mentions=(Mention(0, 20, name, unknown=True),))
    assert Target("models", "name", "wafer-defect-yolov8m") in [
        one.target for one in told(lexicon, near).lost[0].nearest
    ]


async def test_numbers_and_known_words_are_not_lost(lexicon: Lexicon) -> None:
    mentions = (Mention(0, 3, "100", unknown=True), Mention(3, 5, "모델", lexicon.at("모델")))
    assert told(lexicon, Reading("unclear", words=("100", "모델"), mentions=mentions)).lost == ()


@pytest.fixture
async def lexicon(tmp_path: Path) -> Lexicon:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as catalog:
        return Lexicon(catalog.semantics, catalog.values)


FAILED = Target("pipelines", "status", "failed")


@pytest.mark.parametrize(
    ("word", "target", "code"),
    [
        ("불량", FAILED, None),
        ("불", FAILED, "no_word"),
        ("12", FAILED, "no_word"),
        ("--", FAILED, "no_word"),
        ("가" * 61, FAILED, "no_word"),
        ("a" + "-" * 60 + "b", FAILED, "no_word"),
        ("보여", FAILED, "function_word"),
        ("에러", FAILED, "known"),
        ("모델", FAILED, "clash"),
        ("오탐", FAILED, "clash"),
        ("이서연", FAILED, "clash"),
        ("불량", Target("wages"), "misfit"),
        ("오늘", FAILED, "measure"),
        ("3개", FAILED, "measure"),
        ("모델이", FAILED, "clash"),
        ("실패를", FAILED, "known"),
        ("불량이", FAILED, None),
        ("불량 모델", FAILED, None),
        ("<!channel>", FAILED, "no_word"),
    ],
)
async def test_a_word_is_taught_unless_something_speaks_against_it(
    lexicon: Lexicon, word: str, target: Target, code: str | None
) -> None:
    against = objection(Synonym(word, target), lexicon)
    assert (against.code if against else None) == code


async def test_everything_that_a_word_may_mean_is_offered_by_table(lexicon: Lexicon) -> None:
    offered = {table.name: targets for table, targets in offers(lexicon)}
    assert offered["pipelines"][0] == Target("pipelines")
    assert FAILED in offered["pipelines"]
    assert Target("pipelines", "status") in offered["pipelines"]
    assert Target("pipelines", "id") not in offered["pipelines"]
    bare = Lexicon(replace(lexicon.layer, tables=()), lexicon.values)
    assert offers(bare) == ()
