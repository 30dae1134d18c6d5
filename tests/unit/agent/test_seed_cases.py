"""The eight cases of the usage document, with a model that follows a script over the real tools and the sample."""

from pathlib import Path

from agent.answer import Answer
from tests.parts import open_parts
from tests.scripted import ScriptedModel, calls, runs, says

OWNED = (
    "FROM pipelines p JOIN models m ON p.id = m.pipeline_id JOIN datasets d ON p.dataset_id = d.id "
    "JOIN projects pr ON d.project_id = pr.id JOIN users u ON pr.user_id = u.id"
)


async def asked(tmp_path: Path, model: ScriptedModel, question: str) -> Answer:
    async with open_parts(tmp_path, [model]) as parts:
        return await parts.ask(question)


def rows(answer: Answer, number: int) -> tuple[tuple[object, ...], ...]:
    """The rows of the answer's nth query."""
    table = answer.queries[number].table
    assert table is not None
    return table.rows


async def test_case_1_a_schema_error_is_mended_and_the_count_is_three(tmp_path: Path) -> None:
    wrong = "SELECT COUNT(*) AS experiment_count FROM pipelines p WHERE p.model_id IS NOT NULL"
    right = f"SELECT COUNT(DISTINCT p.id) AS experiment_count {OWNED} WHERE u.name = '김민준'"
    model = ScriptedModel(
        runs(wrong), runs(right), says("김민준 님이 수행한 실험(학습 파이프라인) 수는 **3건**입니다.")
    )
    answer = await asked(tmp_path, model, "김민준이 몇 번의 실험을 했어?")
    assert model.observed[0].startswith("ERROR: no such column")
    assert "pipeline_id" in model.observed[0], "the error shows where the link between models and pipelines is"
    assert answer.result is not None
    assert answer.result.columns == ("experiment_count",)
    assert answer.result.rows == ((3,),)
    assert [query.error is None for query in answer.queries] == [False, True]


async def test_case_2_a_typo_and_a_wrong_space_are_looked_up(tmp_path: Path) -> None:
    made = ScriptedModel(runs(f"SELECT m.name, m.version {OWNED} WHERE u.name = '김민준'"), says("모델 **3개**입니다."))
    assert len(rows(await asked(tmp_path, made, "김민준이 사생성한 모델에 대해 알려줘"), 0)) == 3

    by_name = "SELECT p.name FROM projects p JOIN users u ON u.id = p.user_id WHERE u.name = '{}'"
    spaced = ScriptedModel(
        calls(("find_values", {"text": "이서 연", "table": "users"})),
        runs(by_name.format("이서연")),
        says("이서연 님의 프로젝트는 **2개**입니다."),
    )
    answer = await asked(tmp_path, spaced, "이서 연이 담당하는 프로젝트는 뭐야?")
    assert "users.name = 이서연" in spaced.observed[0]
    assert len(rows(answer, 0)) == 2


async def test_case_3_a_stray_character_does_not_hide_the_recommendation(tmp_path: Path) -> None:
    best = (
        "SELECT m.id, m.name, m.version, met.precision_val, met.recall FROM models m JOIN metrics met "
        "ON m.id = met.model_id WHERE m.stage = 'production' ORDER BY met.precision_val DESC LIMIT 5"
    )
    model = ScriptedModel(runs(best), says("오탐이 가장 적은 모델은 **document-paddle-ocr v2.0**입니다."))
    answer = await asked(tmp_path, model, "옽 오탐이 적은 모델 추천해줘")
    assert [row[0] for row in rows(answer, 0)] == [7, 5, 4, 2]
    assert model.prompts[0].question.startswith("옽")
    assert answer.focus[0].label == "document-paddle-ocr v2.0"


async def test_case_4_no_result_is_tried_three_ways_and_alternatives_are_offered(tmp_path: Path) -> None:
    text = (
        "'송이레'라는 이름의 사용자가 없어 프로젝트를 찾지 못했습니다.\n\n"
        "- 사용자 ID나 이메일\n- 팀명 또는 역할\n\n을 알려 주시면 다시 찾아볼게요."
    )
    model = ScriptedModel(
        runs("SELECT p.name FROM users u JOIN projects p ON u.id = p.user_id WHERE u.name = '송이레'"),
        runs("SELECT id, name FROM users WHERE name = '송이레'"),
        runs("SELECT name FROM users WHERE name LIKE '%송이레%'"),
        says(text),
    )
    answer = await asked(tmp_path, model, "송이레의 프로젝트 보여줘")
    assert len(answer.queries) == 3
    assert all(text.startswith("0 rows.") for text in model.observed)
    assert "users.name" in model.observed[0]
    assert answer.text == text
    assert answer.focus == ()


async def test_case_5_a_count_brings_its_rows_in_the_same_step(tmp_path: Path) -> None:
    model = ScriptedModel(
        runs(
            "SELECT COUNT(*) AS a100_pipeline_count FROM pipelines WHERE gpu_type = 'A100'",
            "SELECT p.id, p.name, p.status FROM pipelines p WHERE p.gpu_type = 'A100' ORDER BY p.finished_at DESC",
        ),
        says("A100 GPU를 사용한 파이프라인은 **총 3개**이며 모두 완료 상태입니다."),
    )
    answer = await asked(tmp_path, model, "A100 GPU를 사용한 파이프라인은 몇 개야?")
    assert rows(answer, 0) == ((3,),)
    assert {row[2] for row in rows(answer, 1)} == {"completed"}
    assert answer.usage.completions == 2


async def test_case_6_two_versions_are_compared_side_by_side(tmp_path: Path) -> None:
    compare = (
        "SELECT met.id AS metric_id, met.map50, met.f1_score, met.precision_val, met.recall, met.inference_ms, "
        "met.confidence_threshold, met.deploy_note FROM metrics met JOIN models m ON met.model_id = m.id "
        "WHERE m.name = 'wafer-defect-yolov8m' ORDER BY m.version"
    )
    model = ScriptedModel(runs(compare), says("v2.0은 Precision, v2.1은 Recall이 높습니다."))
    answer = await asked(tmp_path, model, "wafer-defect v2.0과 v2.1의 메트릭 비교해줘")
    assert [row[:7] for row in rows(answer, 0)] == [
        (1, 0.901, 0.863, 0.952, 0.789, 12.3, 0.5),
        (2, 0.923, 0.891, 0.842, 0.948, 12.5, 0.25),
    ]


async def test_case_7_status_comes_with_artifacts_and_registration(tmp_path: Path) -> None:
    status = (
        "SELECT p.id, p.name, p.status, p.started_at, p.finished_at, u.name AS user_name FROM pipelines p "
        "JOIN datasets d ON p.dataset_id = d.id JOIN projects pr ON d.project_id = pr.id "
        "JOIN users u ON pr.user_id = u.id WHERE p.status IN ('running', 'failed') ORDER BY p.started_at DESC"
    )
    model = ScriptedModel(
        runs(status),
        runs(
            "SELECT pipeline_id, type, path FROM artifacts WHERE pipeline_id IN (8, 9)",
            "SELECT pipeline_id, name FROM models WHERE pipeline_id IN (8, 9)",
        ),
        says("실패 1건, 실행 중 1건입니다. 두 건 모두 모델은 아직 등록되지 않았습니다."),
    )
    answer = await asked(tmp_path, model, "현재 실행 중이거나 실패한 파이프라인 있어?")
    assert [(row[0], row[2]) for row in rows(answer, 0)] == [(9, "failed"), (8, "running")]
    assert any(str(row[2]).endswith("error.log") for row in rows(answer, 1))
    assert rows(answer, 2) == ()


async def test_case_8_production_overview_shows_null_map_as_null(tmp_path: Path) -> None:
    overview = (
        "SELECT m.id, m.name, m.version, met.map50, met.f1_score FROM models m JOIN metrics met "
        "ON m.id = met.model_id WHERE m.stage = 'production' ORDER BY m.registered_at DESC"
    )
    model = ScriptedModel(runs(overview), says("production 모델은 **4개**입니다."))
    answer = await asked(tmp_path, model, "production에 배포된 모델 목록과 성능 보여줘")
    assert [row[0] for row in rows(answer, 0)] == [4, 2, 7, 5]
    assert rows(answer, 0)[0][3] is None
    assert "intent-kobert,v3.0,NULL,0.887" in model.observed[0]


async def test_the_five_turn_session_resolves_that_model_from_memory(tmp_path: Path) -> None:
    best = (
        "SELECT m.name, m.version, x.precision_val FROM models m JOIN metrics x ON x.model_id = m.id "
        "WHERE m.stage = 'production' ORDER BY x.precision_val DESC LIMIT 1"
    )
    note = (
        "SELECT x.deploy_note FROM metrics x JOIN models m ON m.id = x.model_id "
        "WHERE m.name = 'document-paddle-ocr' AND m.version = 'v2.0'"
    )
    path = (
        "SELECT a.path FROM artifacts a JOIN models m ON m.pipeline_id = a.pipeline_id "
        "WHERE m.name = 'document-paddle-ocr' AND m.version = 'v2.0' AND a.type = 'checkpoint'"
    )
    model = ScriptedModel(
        *(runs(best), says("**document-paddle-ocr v2.0**을 추천합니다.")),
        *(runs(note), says("한글 송장 OCR입니다.")),
        *(runs(path), says("`best_accuracy.pdparams`입니다.")),
    )
    async with open_parts(tmp_path, [model]) as parts:
        for question in ("오탐이 적은 모델 추천해줘", "그 모델의 deploy_note 알려줘", "해당 모델의 체크포인트 경로는?"):
            answer = await parts.ask(question)
    focus = [f.label for turn in model.prompts[-1].memory.turns for f in turn.focus]
    assert focus[0] == "document-paddle-ocr v2.0"
    assert rows(answer, 0) == (("/mnt/artifacts/paddleocr-invoice-exp04/best_accuracy.pdparams",),)
