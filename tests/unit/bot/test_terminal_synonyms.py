"""`mlops-bot catalog lint` and `mlops-bot catalog synonyms`."""

import asyncio
import json
from pathlib import Path

from agent.offline.engine import OfflineModel
from db.catalog.catalog import Catalog
from db.catalog.learned import Target, means
from tests.terminal import Outcome, Screen, environ, run_cli, services_with

RULES = services_with(OfflineModel)
QUESTION = "불량 파이프라인 보여줘"
MINE = "tables: {pipelines: {columns: {status: {values: {failed: {synonyms: [불량, 에러]}}}}}}"


def run(folder: Path, *argv: str, **settings: str) -> Outcome:
    return run_cli(argv, environ(folder, **settings), RULES)


def synonyms(folder: Path, *argv: str, **settings: str) -> Outcome:
    return run(folder, "catalog", "synonyms", *argv, **settings)


def written(folder: Path, text: str) -> str:
    path = folder / "words.yml"
    path.write_text(text, "utf-8")
    return str(path)


def test_lint_draws_a_table_and_what_to_write(tmp_path: Path) -> None:
    korean = run(tmp_path, "catalog", "lint")
    assert (korean.code, korean.err) == (0, "")
    assert "동의어 없음" in korean.out
    assert "\ntables:\n" in korean.out
    english = run(tmp_path, "catalog", "lint", BOT_LANGUAGE="en")
    assert "one word, two things" in english.out
    assert "in all: " in english.out
    assert "To write into catalog.yml" in english.out
    drawn = run_cli(["catalog", "lint"], environ(tmp_path), RULES, out=Screen())
    assert "-+-" in drawn.out


def test_lint_says_why_and_ends_with_the_three_to_do_first(tmp_path: Path) -> None:
    twice = "{tables: {models: {synonyms: [것들, 뭉치]}, metrics: {synonyms: [것들, 뭉치]}}}"
    settings = {"CATALOG_SEMANTICS": written(tmp_path, twice)}
    korean = run(tmp_path, "catalog", "lint", **settings).out.splitlines()
    assert "한 말이 두 가지를 뜻해 엉뚱한 행이 나올 수 있음" in korean[2], "what matters most comes first"
    assert korean[-4:-2] == ["먼저 할 일:", "1. '것들', '뭉치' (models, metrics): 한쪽에서 이 말을 빼세요."]
    english = run(tmp_path, "catalog", "lint", BOT_LANGUAGE="en", **settings).out.splitlines()
    assert "one word, two meanings: the wrong rows may come" in english[2]
    assert english[-4] == "To do first:"
    assert [line[:2] for line in english[-3:]] == ["1.", "2.", "3."]


def test_lint_is_strict_where_it_shall_be_and_gives_json(tmp_path: Path) -> None:
    strict = run(tmp_path, "catalog", "lint", "--strict", "--json")
    data = json.loads(strict.out)
    assert strict.code == 1
    assert {"no_synonym", "clash", "stop_word"} <= {one["kind"] for one in data["findings"]}
    assert data["snippet"].startswith("tables:\n")


def test_a_catalogue_with_nothing_to_mend_is_fine_even_strictly(tmp_path: Path) -> None:
    tables = ("artifacts", "datasets", "metrics", "models", "pipelines", "projects", "users")
    private = "tables: {" + ", ".join(f"{name}: {{private: true}}" for name in tables) + "}"
    settings = {"CATALOG_SEMANTICS": written(tmp_path, private)}
    for language, said in (("ko", "고칠 것이 없습니다.\n"), ("en", "Nothing to mend.\n")):
        outcome = run(tmp_path, "catalog", "lint", "--strict", BOT_LANGUAGE=language, **settings)
        assert (outcome.code, outcome.out) == (0, said)


def test_synonyms_are_listed_with_who_asked_and_who_decided(tmp_path: Path) -> None:
    assert synonyms(tmp_path).out == "배운 말:\n  –\n이해하지 못한 말:\n  –\n"
    run(tmp_path, "ask", QUESTION)
    assert f"  불량  ×1  terminal  “{QUESTION}”\n" in synonyms(tmp_path).out
    synonyms(tmp_path, "--import", written(tmp_path, MINE))
    told = synonyms(tmp_path, BOT_LANGUAGE="en").out
    assert "  불량 → pipelines.status = failed  (terminal, 2026-11-21)\n" in told
    assert told.endswith("Words not understood:\n  –\n")


def test_an_import_works_at_the_next_question_and_is_taken_back(tmp_path: Path) -> None:
    learnt = synonyms(tmp_path, "--import", written(tmp_path, MINE))
    assert (learnt.code, learnt.out) == (0, "불량 → pipelines.status = failed\n"), "what is known is passed over"
    assert synonyms(tmp_path, "--import", written(tmp_path, MINE)).out == ""
    assert "pipelines.status = 'failed'" in run(tmp_path, "ask", QUESTION).out
    removed = synonyms(tmp_path, "--remove", "불량")
    assert (removed.code, removed.out) == (0, "되돌렸습니다: '불량'. 다음 질문부터 적용됩니다.\n")
    assert synonyms(tmp_path, "--remove", "불량").code == 1
    assert "pipelines.status" not in run(tmp_path, "ask", QUESTION).out


async def test_an_export_is_what_the_catalogue_loads(tmp_path: Path) -> None:
    out = tmp_path / "learned.yml"
    await asyncio.to_thread(synonyms, tmp_path, "--import", written(tmp_path, MINE))
    printed = await asyncio.to_thread(synonyms, tmp_path, "--export")
    told = await asyncio.to_thread(synonyms, tmp_path, "--export", "--out", str(out))
    assert told.out == f"{out}: 1\n"
    assert out.read_text("utf-8") == printed.out
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", out) as catalog:
        assert means(catalog.semantics, Target("pipelines", "status", "failed"), "불량")


def test_what_does_not_fit_is_left_out_with_a_warning(tmp_path: Path) -> None:
    wrong = """
tables:
  gone: {synonyms: [사라진말]}
  pipelines: {synonyms: [보여, 모델, 엑스, "1"]}
"""
    outcome = synonyms(tmp_path, "--import", written(tmp_path, wrong))
    assert outcome.code == 1
    assert outcome.out == "엑스 → pipelines\n"
    assert "'사라진말' → gone: 지금 카탈로그에 없는 뜻이라 뺐습니다." in outcome.err
    assert "'보여': 문장을 잇는 데 쓰이는 말이라" in outcome.err
    assert "'모델': 이미 다른 것을 가리키는 말이라" in outcome.err
    assert "'1': 너무 짧거나" in outcome.err


def test_a_word_with_another_meaning_is_told_with_that_one(tmp_path: Path) -> None:
    synonyms(tmp_path, "--import", written(tmp_path, MINE))
    other = written(tmp_path, "tables: {models: {synonyms: [불량]}}")
    outcome = synonyms(tmp_path, "--import", other, BOT_LANGUAGE="en")
    assert (outcome.code, outcome.out) == (1, "")
    assert "'불량' was learnt with another meaning: pipelines.status = failed." in outcome.err


def test_what_people_typed_moves_no_cursor_of_the_operators(tmp_path: Path) -> None:
    learnt = synonyms(tmp_path, "--import", written(tmp_path, 'tables: {pipelines: {synonyms: ["\\e[31m엑스"]}}'))
    run(tmp_path, "ask", "\x1b[2J불량 파이프라인 보여줘")
    told = [learnt.out, synonyms(tmp_path).out, synonyms(tmp_path, "--remove", "\x1b[31m엑스").out]
    assert all("엑스" in text for text in told)
    assert not [text for text in told if "\x1b" in text]
    assert "“[2J불량 파이프라인 보여줘”" in told[1]


def test_a_meaning_that_became_private_is_neither_used_nor_exported(tmp_path: Path) -> None:
    synonyms(tmp_path, "--import", written(tmp_path, MINE))
    closed = tmp_path / "closed.yml"
    closed.write_text("tables: {pipelines: {columns: {status: {private: true}}}}", "utf-8")
    settings = {"CATALOG_SEMANTICS": str(closed)}
    assert "불량 → pipelines.status = failed (카탈로그에 없음)" in synonyms(tmp_path, **settings).out
    exported = synonyms(tmp_path, "--export", **settings)
    assert exported.out == "tables: {}\n"
    assert "'불량' → pipelines.status = failed: 지금 카탈로그에 없는 뜻이라" in exported.err
    assert "status" not in run(tmp_path, "ask", QUESTION, **settings).out


def test_a_file_that_is_wrong_is_told_by_its_line(tmp_path: Path) -> None:
    outcome = synonyms(tmp_path, "--import", written(tmp_path, "tables: {jobs: {colour: red}}"))
    assert outcome.code == 1
    assert "words.yml:1" in outcome.err
    assert "cannot be read" in synonyms(tmp_path, "--import", str(tmp_path / "no.yml")).err


def test_a_word_is_taught_a_bound_in_the_terminal(tmp_path: Path) -> None:
    question = "고성능 모델 몇 개야?"
    assert "f1_score" not in run(tmp_path, "ask", question).out
    learnt = synonyms(tmp_path, "--teach", "고성능", "metrics.f1_score >= 90%")
    assert (learnt.code, learnt.out) == (0, "고성능 → metrics.f1_score >= 0.9\n")
    assert "metrics.f1_score >= 0.9" in run(tmp_path, "ask", question).out
    assert "  고성능 → metrics.f1_score >= 0.9  (terminal" in synonyms(tmp_path).out
    taken = synonyms(tmp_path, "--teach", "고성능", "metrics.recall > 0.8")
    assert taken.code == 1
    assert "metrics.f1_score >= 0.9" in taken.err
    for language, told in (("ko", "카탈로그에 없는 뜻입니다"), ("en", "nothing the catalogue has")):
        wrong = synonyms(tmp_path, "--teach", "느린", "metrics.gone > 3", BOT_LANGUAGE=language)
        assert (wrong.code, wrong.out) == (1, "")
        assert told in wrong.err


def test_a_taught_bound_is_exported_imported_and_withheld_where_it_is_private(tmp_path: Path) -> None:
    synonyms(tmp_path, "--teach", "고성능", "metrics.f1_score >= 0.9")
    exported = synonyms(tmp_path, "--export").out
    assert "conditions:" in exported
    synonyms(tmp_path, "--remove", "고성능")
    again = synonyms(tmp_path, "--import", written(tmp_path, exported))
    assert (again.code, again.out) == (0, "고성능 → metrics.f1_score >= 0.9\n")
    private = tmp_path / "private.yml"
    private.write_text("tables: {metrics: {columns: {f1_score: {private: true}}}}", "utf-8")
    hidden = synonyms(tmp_path, "--export", CATALOG_SEMANTICS=str(private))
    assert "고성능" not in hidden.out
    assert "고성능" in hidden.err
    assert "f1_score" not in run(tmp_path, "ask", "고성능 models", CATALOG_SEMANTICS=str(private)).out
