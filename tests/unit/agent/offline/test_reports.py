"""Korean as reports are asked for: words that say nothing, one of them, times held apart, what a category holds."""

import pytest

from agent.offline.words.idioms.plain import plain
from db.catalog.table import Cell
from tests.unit.agent.offline.talk import Book, Talk

PLAIN = [
    ("가장 최근에 시작됀 학습", "가장 최근에 시작된 학습"),
    ("v2.0이랑 v2.1 리콜 차이 많이남?", "v2.0이랑 v2.1 리콜 차이?"),
    ("차이가 가장 큰 모델", "차이가 가장 큰 모델"),
    ("실패와 취소를 합친 건의 비중", "실패와 취소 비중"),
    ("2024년에 시작된 학습과 2025년에 시작된 학습 건수", "2024년와 2025년에 시작된 학습 건수"),
    ("작년 3월이랑 4월 모델 수", "작년 3월이랑 작년 4월 모델 수"),
    ("모델 하나만 추천해줘", "모델 1개 추천해줘"),
    ("둘 중 하나라도 있는 모델", "둘 중 하나라도 있는 모델"),
    ("파라미터가 최대인 모델", "파라미터 가장 큰 모델"),
    ("추론 빠른 모델 1등부터 4등까지", "추론 빠른 모델 상위 4개"),
    ("프로젝트를 데이터 용량 큰 순서로 나열해", "데이터 용량 큰 순서로 프로젝트 나열해"),
    ("담당자 이름 옆에 각자 올린 모델 수", "담당자별 올린 모델 수"),
    ("정밀도 하나만 놓고 보면 으뜸인 모델", "정밀도 기준으로 으뜸인 모델"),
    ("추론 속도를 ms로 알려줘", "추론 속도를 알려줘"),
    ("몇 테라쯤 되나", "용량 얼마 되나"),
    ("모두 몇 건이었는지 궁금합니다", "모두 몇 건인가요 궁금합니다"),
    ("2024년 한 해 동안 등록된 모델", "2024년에 등록된 모델"),
    ("팀 단위로 학습 시간 합계", "팀별로 학습 시간 합계"),
    ("학습 시간을 시간 단위로", "학습 시간을 시간 단위로"),
    ("상태 기준으로 학습을 묶었을 때 몇 건씩", "상태별로 학습 몇 건씩"),
    ("과제들이 어떤 유형에 몇 개씩 있는지", "과제들이 유형별로 몇 개씩"),
    ("학습 상태 분포 보여줘", "학습 상태별 개수 보여줘"),
    ("재현율 제일 높은 값이 몇이야", "재현율 최댓값 몇이야"),
    ("마지막으로 끝난 학습", "가장 최근에 끝난 학습"),
    ("실패로 끝난 학습", "실패한 학습"),
    ("모델 추천 하나만", "모델 추천 1개"),
    ("학습을 제일 많이 돌린 해가 언제야", "연도별 학습을 제일 많이"),
    ("추론 시간이 10~20ms인 모델", "추론 시간이 10ms에서 20ms 사이인 모델"),
    ("로그가 전부 몇 메가야", "로그가 전부 용량 얼마야"),
    ("인당 프로젝트 수", "사람당 프로젝트 수"),
    ("연도별로 몇개씩인지 회고에 쓸려구요", "연도별로 몇개씩인지"),
    ("A-1에서 B-2로 교체를 검토 중인데, F1은", "A-1랑 B-2 비교, F1은"),
    ("스테이징에서 프로덕션으로 옮긴 모델", "스테이징에서 프로덕션으로 옮긴 모델"),
]


def _rows(talk: Talk, sql: str) -> list[tuple[Cell, ...]]:
    assert isinstance(talk.book, Book)
    return talk.book.database.execute(sql).fetchall()


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_what_reports_say_is_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("팀당 production 모델이 몇 개인지 부탁드립니다.", "SELECT 1"),
        ("운영 중인 모델 개수를 집계하고, 그중 추론이 가장 느린 모델의 이름을 명시해 주세요.", "SELECT 1"),
    ],
)
def test_words_of_requests_are_no_words_nobody_knows(talk: Talk, question: str, gold: str) -> None:
    assert talk.ask(question).sql, gold


def test_a_new_one_is_not_read_as_any(talk: Talk) -> None:
    assert not talk.ask("신규 팀원 프로젝트 목록").sql


@pytest.mark.parametrize(
    "question", ["가벼운 모델 하나 추천해줘", "상용 모델 가운데 가장 가벼운 걸로 딱 하나만 권해 주시겠습니까"]
)
def test_one_that_is_asked_for_is_recommended_alone(talk: Talk, question: str) -> None:
    lightest = _rows(talk, "SELECT name FROM models WHERE stage = 'production' ORDER BY parameters_m LIMIT 1")
    assert [(row[1],) for row in talk.ask(question).rows] == lightest


def test_what_goes_on_is_no_having(talk: Talk) -> None:
    answer = talk.ask("로그 파일들 다 더하면 몇메가 먹고있는거지")
    assert answer.rows == _rows(talk, "SELECT SUM(size_mb) FROM artifacts WHERE type = 'log'")


@pytest.mark.parametrize(
    ("question", "grain", "count"),
    [
        ("2024년에 시작된 학습과 2025년에 시작된 학습, 건수로 따지면 각각 얼마나 되나요?", "year", 2),
        ("how many models were registered in 2025 and in 2026?", "year", 2),
        ("2024년 1분기랑 2분기 학습 건수", "quarter", 2),
        ("2024년 5월과 6월 학습 건수", "month", 2),
    ],
)
def test_times_that_are_joined_have_a_number_each(talk: Talk, question: str, grain: str, count: int) -> None:
    answer = talk.ask(question)
    assert answer.tables[-1].columns[0] == grain
    assert len(answer.rows) <= count
    assert answer.rows


def test_times_that_bound_one_range_are_not_held_apart(talk: Talk) -> None:
    answer = talk.ask("2024년 이후 2025년 이전 학습 몇 건")
    both = "SELECT COUNT(*) FROM pipelines WHERE started_at >= '2024-01-01' AND started_at < '2025-01-01'"
    assert answer.tables[0].rows == tuple(_rows(talk, both)) or list(answer.tables[0].rows) == _rows(talk, both)


@pytest.mark.parametrize(
    "question", ["아키텍처 이름에 YOLO가 들어가는 모델 몇 개야", "아키텍처에 yolo 포함된 모델은 몇 개"]
)
def test_a_category_holds_a_piece(talk: Talk, question: str) -> None:
    held = "SELECT COUNT(*) FROM models WHERE architecture LIKE '%yolo%'"
    assert list(talk.ask(question).tables[0].rows) == _rows(talk, held)


def test_what_is_held_may_be_asked(talk: Talk) -> None:
    assert "%" not in "".join(talk.ask("포맷에 무엇이 들어가는지 알려줘").sql)


def test_a_piece_that_later_pieces_tell_narrows_nothing(talk: Talk) -> None:
    names = talk.ask("intent 데이터 v5랑 v6 샘플수 비교").column("name")
    assert names == ["intent-utterances-v5", "intent-utterances-v6"]


def test_rows_without_any_measures_are_kept_where_they_are_to_be(talk: Talk) -> None:
    question = "F1 값이 비어 있는 모델이 무엇입니까? 평가 기록 자체가 없는 경우까지 포함해서 봐 주세요."
    both = "SELECT m.name FROM models m LEFT JOIN metrics x ON x.model_id = m.id WHERE x.f1_score IS NULL"
    assert {(row[1],) for row in talk.ask(question).rows} == set(_rows(talk, both))
    assert len(Talk(talk.book).ask("F1이 없는 모델").rows) == 1


def test_a_statement_of_a_need_names_nothing(talk: Talk) -> None:
    told = talk.ask(
        "결함 유출이 치명적인 공정이라 그렇습니다. 운영 모델 중 미탐이 가장 적은 걸로 하나 추천 부탁드립니다."
    )
    best = "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id WHERE m.stage = 'production' "
    assert [(row[1],) for row in told.rows] == _rows(talk, best + "ORDER BY x.recall DESC LIMIT 1")


def test_a_statement_that_names_rows_narrows_down(talk: Talk) -> None:
    told = talk.ask("wafer 모델을 보고 있습니다. 정밀도가 얼마인가요")
    assert set(told.column("name")) == {"wafer-defect-yolov8m"}


def test_an_order_of_rows_adds_up_what_is_below_each(talk: Talk) -> None:
    answer = talk.ask("프로젝트를 데이터 용량 큰 순서로 나열해 주시겠어요")
    summed = "SELECT pr.name, SUM(d.size_gb) FROM projects pr JOIN datasets d ON d.project_id = pr.id GROUP BY pr.id"
    assert answer.rows == sorted(_rows(talk, summed), key=lambda row: -float(str(row[1])))


def test_an_order_of_their_own_measure_stays_one_of_rows(talk: Talk) -> None:
    assert talk.ask("용량 큰 데이터셋 3개").tables[-1].columns[1] == "name"


def test_slow_ones_in_an_order_are_all_of_them(talk: Talk) -> None:
    assert len(talk.ask("모델을 추론 느린 순서로 보여줘").rows) == 8


def test_rows_that_nothing_is_below_make_no_group(talk: Talk) -> None:
    kinds = [row[0] for row in talk.ask("과제 유형에 따라 담당 인원이 몇 명인지 집계 바랍니다").rows]
    assert None not in kinds
    assert kinds


@pytest.mark.parametrize("question", ["팀별로 쓰는 프레임워크 종류가 몇 개야", "팀마다 프레임워크를 몇 가지 쓰는지"])
def test_the_kinds_that_each_group_has_are_counted(talk: Talk, question: str) -> None:
    answer = talk.ask(question)
    assert ("NLP팀", 2) in answer.rows
    assert answer.text.startswith("팀별 프레임워크 종류 수입니다")


def test_rows_of_each_group_are_counted_where_no_kinds_are_asked_for(talk: Talk) -> None:
    assert talk.ask("팀별 학습 몇 건이야").tables[-1].columns[1] == "pipelines_count"


@pytest.mark.parametrize("question", ["재현율 으뜸인 모델", "재현율 기준으로 어느 모델이 으뜸입니까"])
def test_the_foremost_is_the_first(talk: Talk, question: str) -> None:
    best = "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id ORDER BY x.recall DESC LIMIT 1"
    assert [(row[1],) for row in talk.ask(question).rows] == _rows(talk, best)


@pytest.mark.parametrize(
    "question", ["체크포인트 용량이 가장 큰 학습은 어떤 것이었습니까", "체크포인트 용량 제일 큰 학습"]
)
def test_the_size_of_a_kind_is_that_of_its_table(talk: Talk, question: str) -> None:
    largest = "SELECT p.name FROM pipelines p JOIN artifacts a ON a.pipeline_id = p.id WHERE a.type = 'checkpoint' "
    assert [(row[1],) for row in talk.ask(question).rows] == _rows(talk, largest + "ORDER BY a.size_mb DESC LIMIT 1")


def test_each_has_its_own_time(talk: Talk) -> None:
    times = talk.ask("V100 학습들은 각각 몇 시간씩 소요되었는지요").column("duration")
    assert len(times) == 3
    assert all(times)
    together = Talk(talk.book).ask("V100 학습은 몇 시간 걸렸어").tables[-1].columns
    assert together[0] == "sum_duration"


def test_scores_to_be_told_are_no_count(talk: Talk) -> None:
    assert len(talk.ask("F1 상위 5개 모델을 점수와 함께 보여줘").rows) == 5


def test_the_team_of_a_first_ask_is_the_second_ones(talk: Talk) -> None:
    told = talk.ask("NLP팀 인원이 몇 명인지랑 팀에서 등록한 모델이 뭔지 같이 알려줘")
    assert len(told.rows) == 3


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("데이터 용량 중에 비전팀 게 몇 퍼센트야", "u.team = '비전팀'"),
        ("NLP팀 데이터셋이 전체 용량의 몇 프로 차지해?", "u.team = 'NLP팀'"),
        ("what share of the total dataset size belongs to 비전팀?", "u.team = '비전팀'"),
        ("전체 용량 중 wafer 데이터가 차지하는 비율", "d.name LIKE 'wafer%'"),
    ],
)
def test_a_share_of_what_adds_up_is_one_of_its_sum(talk: Talk, question: str, where: str) -> None:
    joined = "datasets d JOIN projects pr ON pr.id = d.project_id JOIN users u ON u.id = pr.user_id"
    share = f"SELECT 100.0 * SUM(CASE WHEN {where} THEN d.size_gb ELSE 0 END) / SUM(d.size_gb) FROM {joined}"
    answer = talk.ask(question)
    assert answer.rows[0][0] == pytest.approx(_rows(talk, share)[0][0])
    assert " GB" in answer.text


@pytest.mark.parametrize("question", ["용량 50기가 넘는 데이터셋 비율", "A100 비율"])
def test_a_share_of_rows_stays_one(talk: Talk, question: str) -> None:
    assert "THEN 1 ELSE" in talk.ask(question).sql[0]


def test_the_year_with_the_most_rows_is_told_by_itself(talk: Talk) -> None:
    answer = talk.ask("학습을 제일 많이 돌린 해가 언제야")
    assert [row[0] for row in answer.rows] == ["2024"]
    assert "가장 많은 연도는 **2024**입니다" in answer.text


def test_groups_of_time_without_a_superlative_are_all_told(talk: Talk) -> None:
    assert len(talk.ask("연도별 학습 수").rows) > 1


def test_a_named_measure_ranks_inside_each_group(talk: Talk) -> None:
    answer = talk.ask("각 팀에서 재현율이 가장 높은 모델")
    assert dict.fromkeys(answer.column("team")) == {"NLP팀": None, "비전팀": None}
    assert "recall" in answer.tables[-1].columns


def test_a_size_in_a_unit_is_that_of_the_rows(talk: Talk) -> None:
    answer = talk.ask("체크포인트 총 몇 기가야")
    assert answer.rows == _rows(talk, "SELECT SUM(size_mb) FROM artifacts WHERE type = 'checkpoint'")


def test_the_oldest_of_a_noun_is_by_its_own_date(talk: Talk) -> None:
    oldest = (
        "SELECT m.name FROM models m JOIN pipelines p ON p.id = m.pipeline_id JOIN datasets d ON d.id = p.dataset_id"
    )
    assert [(row[1],) for row in talk.ask("가장 오래된 데이터셋을 쓴 모델").rows] == _rows(
        talk, f"{oldest} ORDER BY d.created_at LIMIT 1"
    )
    assert "registered_at" in talk.ask("가장 최근에 등록된 모델").sql[0]


def test_several_values_of_a_category_are_counted(talk: Talk) -> None:
    assert [row[0] for row in talk.ask("모델이 여러 버전 있는 건 뭐야").rows] == ["wafer-defect-yolov8m"]


@pytest.mark.parametrize("question", ["정밀도와 재현율의 차이가 가장 큰 모델", "GPU마다 학습을 가장 많이 돌린 사람"])
def test_an_order_that_no_query_makes_is_asked_back(talk: Talk, question: str) -> None:
    assert not talk.ask(question).sql


@pytest.mark.parametrize("question", ["학습을 가장 많이 돌린 사람", "팀별 학습 건수가 가장 많은 팀"])
def test_the_one_with_the_most_is_told(talk: Talk, question: str) -> None:
    assert len(talk.ask(question).rows) == 1


def test_rows_held_against_rows_are_counted_each(talk: Talk) -> None:
    held = "SELECT framework, COUNT(*) FROM pipelines WHERE framework IN ('TensorFlow', 'PyTorch') GROUP BY 1"
    assert sorted(talk.ask("TensorFlow 학습이 PyTorch 학습보다 몇 건 적은지요").tables[-2].rows) == sorted(
        _rows(talk, held)
    )


def test_a_kind_has_a_mean_for_each(talk: Talk) -> None:
    both = "SELECT COUNT(*) FROM artifacts WHERE type = 'checkpoint'"
    assert talk.ask("학습당 체크포인트 평균 몇 개").rows[0][1] == _rows(talk, both)[0][0]
