"""An answer's chart and rows as files of the terminal's user."""

import csv
import io
import json
from pathlib import Path

import pytest

from agent.offline.engine import OfflineModel
from tests.scripted import ScriptedModel, runs, says
from tests.terminal import Outcome, environ, run_cli, services_with

COUNTS = "팀별 파이프라인 수"


def ask(folder: Path, *argv: str, model: ScriptedModel | None = None) -> Outcome:
    return run_cli(["ask", *argv], environ(folder), services_with(model or OfflineModel))


def chat(folder: Path, *lines: str) -> str:
    return run_cli(["chat"], environ(folder), services_with(OfflineModel), typed="\n".join(lines) + "\n").out


def test_a_chart_is_saved_as_a_picture_and_the_rows_as_csv(tmp_path: Path) -> None:
    png, rows = tmp_path / "out.png", tmp_path / "out.csv"
    outcome = ask(tmp_path, COUNTS, "--chart", str(png), "--csv", str(rows))
    assert outcome.code == 0
    assert outcome.err.splitlines()[-2:] == [f"저장했습니다: {png}", f"저장했습니다: {rows}"]
    assert png.read_bytes().startswith(b"\x89PNG")
    assert list(csv.reader(io.StringIO(rows.read_text("utf-8-sig"))))[:2] == [["팀", "파이프라인 수"], ["비전팀", "7"]]


def test_an_answer_with_a_chart_says_how_to_get_it(tmp_path: Path) -> None:
    assert "그래프 ‘팀별 파이프라인 수’: --chart 파일.png" in ask(tmp_path, COUNTS).out
    assert "Chart “Pipeline count by team”: save it with --chart FILE.png" in ask(tmp_path, "pipelines per team").out
    assert "그래프 ‘" not in ask(tmp_path, "모델 몇 개야?").out


def test_rows_that_have_no_chart_of_their_own_are_drawn(tmp_path: Path) -> None:
    png = tmp_path / "out.png"
    model = ScriptedModel(runs("SELECT name, size_gb FROM datasets"), says("데이터셋입니다."))
    assert ask(tmp_path, "데이터셋", "--chart", str(png), model=model).code == 0
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_file_that_is_there_is_left_alone_and_nothing_is_asked(tmp_path: Path) -> None:
    png = tmp_path / "out.png"
    png.write_text("mine")
    outcome = ask(tmp_path, COUNTS, "--chart", str(png))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"{png} 파일이 이미 있습니다. 덮어쓰려면 --force를 붙이세요.\n"
    assert png.read_text() == "mine"
    assert ask(tmp_path, COUNTS, "--chart", str(png), "--force").code == 0
    assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("option", "name", "problem"),
    [
        ("--chart", "out.jpg", "end in .png"),
        ("--csv", ".", "is a folder"),
        ("--csv", "nowhere/out.csv", "There is no folder for"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_before_anything_is_asked(
    tmp_path: Path, option: str, name: str, problem: str
) -> None:
    outcome = ask(tmp_path, "pipelines per team", option, str(tmp_path / name))
    assert (outcome.code, outcome.out) == (2, "")
    assert problem in outcome.err


def test_a_path_that_the_system_does_not_take_is_told(tmp_path: Path) -> None:
    outcome = ask(tmp_path, "pipelines per team", "--csv", "/proc/out.csv")
    assert outcome.code > 0
    assert outcome.err.startswith("/proc/out.csv ")
    long = f"{tmp_path}/{'x' * 300}.csv"
    assert (
        ask(tmp_path, "pipelines per team", "--csv", long).err == f"{long} could not be written: File name too long\n"
    )


@pytest.mark.parametrize(
    ("question", "option", "problem"),
    [
        ("show the projects", "--chart=out.png", "The rows have no numbers to draw."),
        ("how many models are there?", "--chart=out.png", ""),
        ("hello", "--csv=out.csv", "The answer looked up no rows"),
        ("hello", "--chart=out.png", "The answer looked up no rows"),
    ],
)
def test_where_there_is_nothing_to_save_the_answer_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, option: str, problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = ask(tmp_path, question, option)
    assert outcome.out
    assert outcome.code == (1 if problem else 0)
    assert problem in outcome.err


def test_all_rows_are_saved_also_those_that_the_answer_did_not_look_at(tmp_path: Path) -> None:
    rows = tmp_path / "out.csv"
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, '=1+1' AS f FROM n"
    model = ScriptedModel(runs(sql), says("많습니다."))
    assert ask(tmp_path, "많이", "--csv", str(rows), model=model).code == 0
    read = list(csv.reader(io.StringIO(rows.read_text("utf-8-sig"))))
    assert len(read) == 3001
    assert read[1] == ["1", "'=1+1"], "no cell is a formula"


def test_json_holds_the_chart(tmp_path: Path) -> None:
    assert json.loads(ask(tmp_path, COUNTS, "--json").out)["chart"]["title"] == "팀별 파이프라인 수"
    assert json.loads(ask(tmp_path, "안녕", "--json").out)["chart"] is None


def test_the_chat_saves_its_last_answer(tmp_path: Path) -> None:
    png, rows = tmp_path / "my chart.png", tmp_path / "out.csv"
    out = chat(
        tmp_path, "/chart", f"/csv {rows}", COUNTS, f"/chart {png}", f"/chart {png}", f"/chart {png} --force",
        f"/csv {rows}", "/CSV",
    )  # fmt: skip
    told = [line for line in out.splitlines() if str(tmp_path) in line or "/" in line.split(" ")[0]]
    assert [line for line in told if not line.startswith(">")] == [
        "/chart 뒤에 파일 이름을 적어 주세요. 예: /chart out.png (덮어쓰려면 --force)",
        f"저장했습니다: {png}",
        f"{png} 파일이 이미 있습니다. 덮어쓰려면 --force를 붙이세요.",
        f"저장했습니다: {png}",
        f"저장했습니다: {rows}",
        "/csv 뒤에 파일 이름을 적어 주세요. 예: /csv out.csv (덮어쓰려면 --force)",
    ]
    assert "아직 답이 없습니다" in out
    assert png.read_bytes().startswith(b"\x89PNG")
    assert rows.read_text("utf-8-sig").startswith('"팀"')
