"""The catalogue with the words it has learnt."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agent.explanation import Candidate, LostWord
from agent.limits import Limits
from agent.schema_prompt import CurrentSchema
from agent.vocabulary import LONGEST, Vocabulary, unplaced
from db.catalog.learned import Synonym, Target
from db.catalog.policy_reading import load_policy
from db.store.records import Decision
from tests.parts import NOW, Parts, open_parts

BROKEN = Decision("불량", "불량", "confirmed", "T1", "U1", NOW, "pipelines", "status", "failed")
GONE = Decision("급여", "급여", "confirmed", "T1", "U1", NOW, "wages")


def vocabulary(parts: Parts) -> Vocabulary:
    return Vocabulary(parts.catalog, parts.store.synonyms)


async def test_a_confirmed_word_is_in_the_layer_after_the_next_look(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        known = vocabulary(parts)
        assert known.semantics is parts.catalog.semantics
        await parts.store.synonyms.decide(BROKEN)
        assert known.semantics is parts.catalog.semantics, "nobody has looked yet"
        await known.refresh()
        layer = known.semantics
        await known.refresh()
        assert known.semantics is layer, "nothing is made anew where nothing changed"
        await parts.store.synonyms.decide(replace(BROKEN, verdict="undone"))
        await known.refresh()
        assert known.semantics is parts.catalog.semantics
    (failed,) = (v for v in layer.column(("pipelines", "status")).values if v.value == "failed")
    assert failed.synonyms[-1] == "불량"


async def test_what_does_not_fit_is_left_out_with_one_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_parts(tmp_path, []) as parts:
        await parts.store.synonyms.decide(GONE)
        known = vocabulary(parts)
        with caplog.at_level(logging.WARNING, "agent.vocabulary"):
            await known.refresh()
            await parts.store.synonyms.decide(BROKEN)
            await known.refresh()
        assert known.learned == (Synonym("불량", Target("pipelines", "status", "failed")),)
    assert [record.message for record in caplog.records] == ["learnt words are left out"]


async def test_words_are_taught_anew_where_the_catalogue_changed(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        await parts.store.synonyms.decide(GONE)
        known = vocabulary(parts)
        await known.refresh()
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner:
            owner.execute("CREATE TABLE wages (amount INTEGER)")
            owner.commit()
        await known.refresh()
        await parts.catalog.settled()
        assert known.semantics.table("wages").synonyms == ("급여",)


async def test_without_a_store_the_words_of_before_stay(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_parts(tmp_path, []) as parts:
        await parts.store.synonyms.decide(BROKEN)
        known = vocabulary(parts)
        await known.refresh()
        with closing(sqlite3.connect(tmp_path / "store.db")) as owner:
            owner.execute("DROP TABLE synonyms")
        await known.refresh()
        assert len(known.learned) == 1
    assert "the learnt words stay as they were" in caplog.text


async def test_the_schema_prompt_has_the_words_whole_or_in_part(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        await parts.store.synonyms.decide(replace(BROKEN, surface='불"량'))
        known = vocabulary(parts)
        await known.refresh()
        line = 'Words people here also use:\n- "불\\"량" = pipelines.status = failed'
        whole = CurrentSchema(known, Limits()).get().for_question("x")
        part = CurrentSchema(known, Limits(schema_chars=900)).get().for_question("모델?")
        assert whole.endswith(line)
        assert part.endswith(line)
        assert "Words people here" not in CurrentSchema(parts.catalog, Limits()).get().for_question("x")


def test_a_word_that_is_too_long_to_be_one_is_cut() -> None:
    kept = unplaced(LostWord("A" * 99, (Candidate(Target("jobs", "state"), 0.5),)))
    assert (kept.word, kept.surface) == ("a" * LONGEST, "A" * LONGEST)
    assert kept.nearest == ({"table": "jobs", "column": "state", "value": "", "score": 0.5},)


async def test_a_name_in_rows_that_a_reader_does_not_see_is_neither_known_nor_told(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yml"
    policy.write_text("roles: {narrow: {rows: {projects: id = 1}}}\neveryone: narrow\n", "utf-8")
    async with open_parts(tmp_path, []) as parts:
        names = [str(name) for name in parts.catalog.values.values_of("projects", "name")]
        for name in names:
            word = f"별명{names.index(name)}"
            await parts.store.synonyms.decide(
                Decision(word, word, "confirmed", "T1", "U1", NOW, "projects", "name", name)
            )
        await parts.store.synonyms.decide(BROKEN)
        standing = (await load_policy(policy, parts.catalog)).standing("U1", None, None)
        known = Vocabulary(await parts.catalog.for_reader(standing.reader), parts.store.synonyms)
        await known.refresh()
        (seen,) = (str(name) for name in known.values.values_of("projects", "name"))
        told = CurrentSchema(known, Limits()).get().for_question("x")
    assert [one.target.value for one in known.learned] == [seen, "failed"]
    assert [one.value for one in known.semantics.column(("projects", "name")).values] == [seen]
    assert not any(name in told for name in names if name != seen)
