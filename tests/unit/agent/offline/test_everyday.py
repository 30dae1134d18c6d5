"""Everyday questions of people who know nothing of the engine: each row with what it has, whose it is, what for."""

import pytest

from agent.offline.words.mending.guard import asks_to_write
from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Book, Talk

EACH_ROW = [
    ("모델별 스테이지 알려줘", "models.stage"),
    ("파이프라인별 상태", "pipelines.status"),
    ("데이터셋별 포맷이랑 샘플 수", "datasets.format"),
    ("파이프라인별 상태랑 학습 시간", "AS duration"),
    ("프로젝트별 담당자 이메일", "users.email"),
    ("status per pipeline", "pipelines.status"),
    ("for each pipeline its gpu and status", "pipelines.gpu_type"),
]
COUNTED = ["프로젝트별 데이터셋 수", "스테이지별 모델", "모델별 스테이지 개수", "average f1 per model"]
PLAIN = [
    ("비전팀 샘플 수 다 더해줘", "비전팀 샘플 수 합해줘"),
    ("샘플 수를 더해줘", "샘플 수를 합해줘"),
    ("담당자도 더해줘", "담당자도 더해줘"),
    ("프로젝트를 상태로나누면 몇 개", "프로젝트를 상태별로 몇 개"),
    ("둘로 나누면", "둘로 나누면"),
]


@pytest.mark.parametrize(("question", "column"), EACH_ROW)
def test_each_row_is_told_with_what_it_has_and_is_no_group(sample: Book, question: str, column: str) -> None:
    (sql,) = Talk(sample).ask(question).sql
    assert column in sql
    assert "COUNT" not in sql
    assert "GROUP BY" not in sql


@pytest.mark.parametrize("question", COUNTED)
def test_groups_of_several_rows_stay_groups(sample: Book, question: str) -> None:
    assert "GROUP BY" in Talk(sample).ask(question).sql[-1]


@pytest.mark.parametrize("added", ["GPU도 붙여서", "GPU도", "gpu도 같이"])
def test_a_column_is_added_to_the_rows_that_were_shown(sample: Book, added: str) -> None:
    talk = Talk(sample)
    talk.ask("파이프라인별 상태 알려줄래")
    told = talk.ask(added)
    assert "pipelines.status, pipelines.gpu_type" in told.sql[-1]


def test_a_column_that_is_asked_of_anew_is_not_added(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("파이프라인별 상태 알려줄래")
    assert "pipelines.status" not in talk.ask("GPU 종류 뭐 있어?").sql[-1]


@pytest.mark.parametrize("question", ["데이터셋을 누가 제일 많이 갖고 있나요", "누가 데이터셋을 제일 많이 갖고 있나요"])
def test_who_has_the_most_is_asked_in_any_order(sample: Book, question: str) -> None:
    assert "COUNT(DISTINCT datasets.id)" in Talk(sample).ask(question).sql[-1]


@pytest.mark.parametrize("question", ["yolo 모델 F1 얼마야", "욜로 모델 목록"])
def test_what_files_are_in_is_a_piece_of_a_models_name_before_models(sample: Book, question: str) -> None:
    (sql,) = Talk(sample).ask(question).sql
    assert "models.name IN ('wafer-defect-yolov8m', 'surface-yolov5l')" in sql


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("yolo 데이터셋 목록", "datasets.format = 'YOLO'"),
        ("yolo로 학습한 모델", "datasets.format = 'YOLO'"),
        ("ocr 모델", "projects.type = 'ocr'"),
        ("KoBERT 모델", "models.architecture = 'KoBERT'"),
    ],
)
def test_a_value_that_is_told_or_the_nouns_own_stays_one(sample: Book, question: str, held: str) -> None:
    assert held in Talk(sample).ask(question).sql[-1]


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_adding_up_and_parting_are_put_plainly(typed: str, meant: str) -> None:
    assert clean(typed) == meant


@pytest.mark.parametrize("text", ["legacy-churn 프로젝트 삭제 부탁해요", "exp02 재실행 좀 부탁드립니다"])
def test_a_deed_that_is_begged_for_is_a_deed(text: str) -> None:
    assert asks_to_write(text)


@pytest.mark.parametrize("text", ["취소 부탁했던 파이프라인", "목록 부탁해요", "미삭제 부탁 건"])
def test_a_begged_for_answer_is_no_deed(text: str) -> None:
    assert not asks_to_write(text)


@pytest.mark.parametrize("question", ["너 무슨 데이터 볼 수 있어?", "what can you tell me?"])
def test_what_it_can_tell_is_told(sample: Book, question: str) -> None:
    told = Talk(sample).ask(question)
    assert not told.sql
    assert "models" in told.text or "모델" in told.text


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("재검 인력이 적은 라인에 깔 웨이퍼 모델, 어떤 버전이 맞아요?", "metrics.precision_val DESC"),
        ("저사양 장비에 올릴 모델 추천", "models.parameters_m"),
        ("아티팩트 중 덩치 큰 것부터 네 개 경로", "artifacts.size_mb DESC"),
    ],
)
def test_what_a_site_needs_ranks_by_its_measure(sample: Book, question: str, order: str) -> None:
    assert f"ORDER BY {order}" in Talk(sample).ask(question).sql[-1]


@pytest.mark.parametrize(
    "question",
    [
        "프로젝트 만들고 첫 데이터셋 생기기까지 며칠 걸렸는지 프로젝트별로",
        "데이터셋 등록부터 모델 등록까지 얼마나 걸렸어",
    ],
)
def test_from_one_thing_to_another_is_not_how_long_a_third_took(sample: Book, question: str) -> None:
    assert not any(table.rows for table in Talk(sample).ask(question).tables)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("파이프라인 목록 GPU 빼고 보여줘", "gpu_type"),
        ("모델 목록에서 파라미터 수는 빼고", "parameters_m"),
        ("list pipelines except gpu", "gpu_type"),
    ],
)
def test_a_column_is_left_out_of_what_is_shown(sample: Book, question: str, left: str) -> None:
    told = Talk(sample).ask(question)
    assert left not in told.sql[-1]
    assert len(told.rows) > 8


def test_a_column_is_not_left_out_of_a_count(sample: Book) -> None:
    assert not any(table.rows for table in Talk(sample).ask("모델 이름 기준으로 몇 종류예요? 버전 빼고").tables)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("v2.0 버전 빼고 모델 보여줘", "models.version <> 'v2.0'"),
        ("CSV 포맷 제외한 데이터셋", "datasets.format <> 'CSV'"),
        ("archived 상태 아닌 프로젝트", "projects.status <> 'archived'"),
    ],
)
def test_a_value_is_left_out_with_the_noun_behind_it(sample: Book, question: str, held: str) -> None:
    assert held in Talk(sample).ask(question).sql[-1]


def test_what_has_none_of_a_category_is_none_of_its_values(sample: Book) -> None:
    told = Talk(sample).ask("취소된 학습이 하나도 없는 gpu 종류")
    assert {row[0] for row in told.rows} == {"A100", "H100", "V100"}


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("제일 큰 데이터셋을 쓴 모델", "datasets.size_gb DESC"),
        ("가장 큰 아티팩트를 남긴 파이프라인", "artifacts.size_mb DESC"),
        ("제일 큰 체크포인트를 가진 모델", "artifacts.size_mb DESC"),
        ("which project has the biggest dataset", "datasets.size_gb DESC"),
        ("제일 큰 체크포인트가 어느 모델 거야, 용량까지", "artifacts.size_mb DESC"),
        ("dataset 제일 큰거 owner 누구임", "datasets.size_gb DESC"),
        ("제일 큰 모델 담당자 누구", "models.parameters_m DESC"),
    ],
)
def test_the_largest_is_measured_by_the_noun_it_stands_before(sample: Book, question: str, order: str) -> None:
    assert f"(ORDER BY {order})" in Talk(sample).ask(question).sql[-1]


def test_a_noun_without_a_size_is_asked_back(sample: Book) -> None:
    assert not any(table.rows for table in Talk(sample).ask("가장 큰 프로젝트의 모델").tables)


@pytest.mark.parametrize(
    "question",
    [
        "아직 안 끝났는데 시작은 한 파이프라인",
        "시작했지만 종료되지 않은 학습",
        "pipelines that started but haven't finished",
    ],
)
def test_what_began_and_has_not_ended_is_two_conditions(sample: Book, question: str) -> None:
    assert [row[1] for row in Talk(sample).ask(question).rows] == ["yolov8-wafer-exp03"]


@pytest.mark.parametrize("question", ["안 끝난 파이프라인 시작일", "시작도 안 하고 끝나지도 않은 학습"])
def test_a_beginning_that_is_only_told_is_no_condition(sample: Book, question: str) -> None:
    assert "NOT (pipelines.started_at IS NULL)" not in Talk(sample).ask(question).sql[-1]


def test_two_states_put_together_are_one_number(sample: Book) -> None:
    told = Talk(sample).ask("취소되거나 실패한 학습 합해서 몇 건?")
    assert "총 **2개**" in told.text


def test_another_count_goes_on_in_the_same_groups(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("팀별 프로젝트 수")
    assert ("비전팀", 5) in talk.ask("데이터셋 수는?").rows


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exp03 아직이야?", "exp03 상태는?"),
        ("failed run's log and who to ping", "failed run's log and owner"),
        ("what is the largest artifact and who made it", "show the largest artifact with its owner"),
        ("who has the fewest datasets (but at least one)?", "who has the fewest datasets, no zeros?"),
        ("시작은 했는데 안 끝난 것", "시작했는데 안 끝난 것"),
    ],
)
def test_what_people_say_every_day_is_put_plainly(typed: str, meant: str) -> None:
    assert clean(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "which team has more models, vision or NLP",
        "NLP or vision, which team has more models",
        "비전이랑 NLP 중 모델 더 많은 팀",
    ],
)
def test_a_word_joined_to_a_team_is_a_team(sample: Book, question: str) -> None:
    assert {row[:2] for row in Talk(sample).ask(question).rows} == {("비전팀", 5), ("NLP팀", 3)}


def test_a_word_that_is_a_whole_value_of_the_pairs_category_stays_one(sample: Book) -> None:
    assert "'nlp', 'speech'" in Talk(sample).ask("nlp랑 speech 프로젝트 목록").sql[-1]


@pytest.mark.parametrize(
    "question", ["intent-kobert f1이랑 담당자 누구야", "intent-kobert f1이랑 map 알려줘 그리고 누가 만들었는지도"]
)
def test_a_figure_beside_the_owner_is_told_of_its_row_alone(sample: Book, question: str) -> None:
    (row,) = Talk(sample).ask(question).rows
    assert {0.887, "이서연"} <= set(row)


@pytest.mark.parametrize("question", ["보관 상태인 모델이 몇 개나 되지", "archived 단계인 모델"])
def test_a_noun_that_only_says_what_kind_a_value_is_asks_nothing(sample: Book, question: str) -> None:
    assert "models.stage = 'archived'" in Talk(sample).ask(question).sql[-1]


def test_a_deed_is_of_the_very_run_that_the_condition_holds_for(sample: Book) -> None:
    told = Talk(sample).ask("H100으로 학습한 모델을 만든 사람들 이름")
    assert {row[1] for row in told.rows} == {"이서연", "박도현"}


def test_the_highest_and_the_lowest_value_are_two_figures(sample: Book) -> None:
    assert Talk(sample).ask("F1 제일 높은 값이랑 제일 낮은 값이 각각 얼마예요").rows == [(0.934, 0.863)]


@pytest.mark.parametrize(
    "thread",
    [
        ("surface-yolov5l 성능 어때", "그거 다른 모델이랑 비교하면?"),
        ("yolov8-wafer-exp02는 어떤 데이터로 돌렸고 뭐가 나왔어?",),
        ("document-paddle-ocr 프로젝트 데이터셋 파이프라인 담당자 한번에 알려줘",),
    ],
)
def test_what_is_asked_beside_is_asked_back(sample: Book, thread: tuple[str, ...]) -> None:
    talk = Talk(sample)
    told = [talk.ask(text) for text in thread][-1]
    assert not any(table.rows for table in told.tables)


@pytest.mark.parametrize("question", ["어떤 모델이 있는지 알려줘", "프로젝트 목록 한번에 보여줘"])
def test_what_asks_for_one_thing_is_answered(sample: Book, question: str) -> None:
    assert Talk(sample).ask(question).rows


@pytest.mark.parametrize(
    ("question", "head"),
    [("스테이징에 올라간 애들 담당자까지 같이 뽑아줘", "models"), ("실패한 애들 담당자랑 같이 보여줘", "pipelines")],
)
def test_rows_that_only_a_value_tells_of_are_told_with_their_owners(sample: Book, question: str, head: str) -> None:
    sql = Talk(sample).ask(question).sql[-1]
    assert f"FROM {head}" in sql
    assert "users.name AS users_name" in sql


def test_rows_shown_are_told_again_without_those_of_others(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("체크포인트 100메가 넘는 거 골라봐")
    told = talk.ask("운영 모델 거는 빼고 다시")
    assert "NOT artifacts.id IN" in told.sql[-1]
    assert "artifacts.size_mb > 100" in told.sql[-1]


def test_other_rows_are_asked_for_where_none_are_owned(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("체크포인트 100메가 넘는 거 골라봐")
    assert "artifacts.size_mb" not in talk.ask("모델 목록, 운영은 빼고").sql[-1]
