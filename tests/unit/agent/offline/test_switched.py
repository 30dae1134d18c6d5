"""Korean with English words in it, and threads that turn back, point back, or measure anew."""

import pytest

from agent.offline.talk.changing.shifted import months_away
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("prod model 개수 team별로 breakdown 해주라", "GROUP BY users.team"),
        ("dataset을 format 기준으로 묶으면 각각 total 몇 GB씩이죠", "GROUP BY datasets.format"),
        ("ckpt 파일 용량 순위 5등까지", "LIMIT 5"),
        ("지난달에 start 끊은 학습 뭐 있었나", "pipelines.started_at >= '2026-10-01'"),
        ("live로 서빙 중인 모델들, 리콜 높은 순 top 3만", "models.stage = 'production'"),
        ("dev 단계인데 eval 결과 row가 아예 없는 model", "NOT models.id IN"),
        ("비전팀 모델 중 디텍션 프로젝트 아닌 거 몇 개야", "projects.type <> 'object_detection'"),
        ("intent-kobert param 수 몇 M이었지", "models.parameters_m"),
    ],
)
def test_an_english_word_with_a_korean_verb_is_read(talk: Talk, question: str, held: str) -> None:
    assert held in talk.ask(question).sql[0]


@pytest.mark.parametrize(
    ("question", "held"),
    [("프로젝트 둘로 나눠서 보여줘", "GROUP BY"), ("A100 파이프라인 말고 모델 보여줘", "gpu_type <>")],
)
def test_what_only_looks_like_it_is_not(talk: Talk, question: str, held: str) -> None:
    assert not any(held in sql for sql in talk.ask(question).sql)


def test_a_word_beside_the_piece_of_a_name_is_a_piece_of_it(talk: Talk) -> None:
    assert talk.ask("surface 욜로 모델 재현율").column("name") == ["surface-yolov5l"]


def test_a_category_is_none_before_its_own_noun(talk: Talk) -> None:
    assert "datasets.format = 'YOLO'" in talk.ask("wafer YOLO 데이터셋 보여줘").sql[0]


@pytest.mark.parametrize(
    "again", ["다시 아까 데이터셋 얘기로, 총 몇 개였지?", "back to the datasets, how many are there?"]
)
def test_the_talk_goes_back_to_what_it_was_about(talk: Talk, again: str) -> None:
    talk.ask("callcenter-intent 프로젝트 데이터셋 보여줘")
    talk.ask("한승우님 역할이 뭐였지")
    assert talk.ask(again).sql


@pytest.mark.parametrize("asked", ["and the model behind that number?", "which model is that?"])
def test_the_row_behind_a_measure_is_told(talk: Talk, asked: str) -> None:
    talk.ask("max latency across staging?")
    assert talk.ask(asked).column("name") == ["intent-koelectra"]


def test_the_rows_behind_an_average_are_not_one(talk: Talk) -> None:
    talk.ask("average latency across staging?")
    assert not any("place = 1" in sql for sql in talk.ask("which model is that?").sql)


def test_another_value_is_measured_otherwise(talk: Talk) -> None:
    talk.ask("CSV 데이터 다 합치면 몇 기가")
    told = talk.ask("PNG는 합계 말고 평균으로 보고 싶은데")
    assert "AVG(datasets.size_gb)" in told.sql[0]
    assert "datasets.format = 'PNG'" in told.sql[0]


def test_something_else_is_counted_where_it_is_said_so(talk: Talk) -> None:
    talk.ask("NLP팀 몇 명이지")
    told = talk.ask("아뇨 사람 수 말고 모델 수요")
    assert "COUNT" in told.sql[0]
    assert "users.team = 'NLP팀'" in told.sql[0]


def test_a_bare_bound_is_on_what_was_shown(talk: Talk) -> None:
    talk.ask("recall of the production models")
    assert talk.ask("which of them is under 0.9?").column("name") == ["intent-kobert"]


def test_the_one_spoken_of_stands_beside_the_one_named(talk: Talk) -> None:
    talk.ask("배포 메모에 섀도 배포라고 적힌 모델이 뭐야")
    assert sorted(map(str, talk.ask("걔랑 kobert랑 리콜 비교 부탁").column("name"))) == [
        "intent-kobert",
        "intent-koelectra",
    ]


def test_the_one_spoken_of_is_narrowed_down_where_nothing_is_joined(talk: Talk) -> None:
    talk.ask("intent-koelectra 단계")
    assert "OR" not in talk.ask("그거 kobert야?").sql[0].split()


@pytest.mark.parametrize("asked", ["pallet-rtdetr-l 평가 결과 있어?", "has pallet-rtdetr-l been evaluated yet?"])
def test_what_was_never_recorded_is_answered_by_no(talk: Talk, asked: str) -> None:
    told = talk.ask(asked)
    assert not told.tables[0].rows
    assert "없" in told.text or "no " in told.text.lower()


def test_whether_the_row_in_focus_was_evaluated_is_asked_of_it(talk: Talk) -> None:
    talk.ask("pallet-rtdetr-l 어느 단계야")
    assert not talk.ask("평가는 됐어?").tables[0].rows


def test_the_scores_themselves_are_shown(talk: Talk) -> None:
    assert talk.ask("intent-koelectra 성능 보여줘").column("f1_score")


@pytest.mark.parametrize("asked", ["그게 누구 모델이야", "whose is it?"])
def test_whose_the_extreme_is_is_told_by_name(talk: Talk, asked: str) -> None:
    talk.ask("max latency across staging?")
    assert "이서연" in talk.ask(asked).text


def test_the_other_end_of_what_was_averaged_is_a_row(talk: Talk) -> None:
    talk.ask("운영 모델 평균 f1 얼마야")
    assert talk.ask("제일 낮은 건?").column("name") == ["intent-kobert"]


def test_the_highest_is_asked_for_with_whom_it_is_of(talk: Talk) -> None:
    talk.ask("staging 모델들 평균 recall은?")
    assert talk.ask("최대는 누구야").column("name") == ["intent-koelectra"]


def test_a_word_that_says_little_is_a_name_before_its_noun(talk: Talk) -> None:
    assert talk.ask("status of the summary project").column("name") == ["voice-summary"]


def test_the_same_word_says_little_elsewhere(talk: Talk) -> None:
    assert len(talk.ask("production 모델 summary 부탁해").rows) > 1


def test_how_many_a_listed_row_has_is_its_measure(talk: Talk) -> None:
    talk.ask("datasets bigger than 50 GB")
    assert talk.ask("how many rows does the first have").column("num_samples") == [31500]


def test_of_what_the_talk_goes_back_to_a_new_bound_narrows_it_down(talk: Talk) -> None:
    talk.ask("datasets bigger than 50 GB")
    talk.ask("who is on the vision team")
    told = talk.ask("ok back to the datasets: which are in COCO format?")
    assert told.column("name") == ["pallet-cam-raw"]


@pytest.mark.parametrize("asked", ["callcenter-intent 프로젝트 데이터셋 중 둘 다 보여줘", "다시 데이터셋 보여줘"])
def test_nothing_is_gone_back_to_where_nothing_was_said(talk: Talk, asked: str) -> None:
    assert "COCO" not in talk.ask(asked).sql[0]


def test_more_of_a_measure_picks_one_of_two(talk: Talk) -> None:
    talk.ask("callcenter-intent 프로젝트 데이터셋 보여줘")
    assert talk.ask("둘 중에 샘플 더 많은 쪽이 어디?").column("name") == ["intent-utterances-v6"]


def test_a_sigh_before_the_question_says_nothing(talk: Talk) -> None:
    talk.ask("송장 OCR 모델 추론 몇 ms 나와?")
    told = talk.ask("헐 왜 그렇게 느려 ㅋㅋ 운영 중에서 제일 빠른 건 뭔데")
    assert told.column("name") == ["surface-yolov5l"]


def test_a_figure_that_was_told_is_no_row_to_hold_others_against(talk: Talk) -> None:
    talk.ask("프로덕션 모델 레이턴시 보여줘")
    talk.ask("평균 내면?")
    told = talk.ask("그보다 느린 건 뭐야")
    assert not told.sql
    assert "그거보다" in told.text


def test_a_row_that_was_told_is_one(talk: Talk) -> None:
    talk.ask("intent-kobert 레이턴시")
    assert "intent-kobert" not in talk.ask("그보다 느린 건 뭐야").column("name")


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("학습 time 제일 long했던 run 뭐야", "DENSE_RANK"),
        ("team 기준으로 사람 수 세줘", "GROUP BY users.team"),
        ("50GB over인 데이터셋만 show해줘", "datasets.size_gb > 50"),
        ("recall 0.9 under인 모델", "metrics.recall < 0.9"),
    ],
)
def test_english_adjectives_and_bounds_are_read(talk: Talk, question: str, held: str) -> None:
    assert held in talk.ask(question).sql[0]


def test_what_is_included_in_all_narrows_nothing_down(talk: Talk) -> None:
    assert len(talk.ask("보관된 모델까지 포함해서 모델 전체 목록").rows) == 9


def test_what_is_shown_as_well_is_kept(talk: Talk) -> None:
    assert talk.ask("이메일 포함해서 팀원 전부 보여줘").column("email")


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("시작한 순서대로", "pipelines.started_at, "),
        ("날짜순으로", "pipelines.started_at, "),
        ("sort by date", "pipelines.started_at, "),
        ("이름순으로 정렬", "pipelines.name, "),
    ],
)
def test_a_list_is_put_in_another_order(talk: Talk, asked: str, order: str) -> None:
    talk.ask("H100 파이프라인 목록")
    assert f"ORDER BY {order}" in talk.ask(asked).sql[0]


def test_a_place_is_asked_of_a_ranking(talk: Talk) -> None:
    talk.ask("모델 f1 순위")
    assert talk.ask("2등은?").column("name") == ["document-paddle-ocr"]


def test_a_list_without_an_order_has_no_second_place(talk: Talk) -> None:
    talk.ask("NLP팀 프로젝트")
    assert not any("place" in sql for sql in talk.ask("2등은?").sql)


@pytest.mark.parametrize("asked", ["전체의 몇 퍼센트야?", "percentage of all?"])
def test_the_share_of_what_was_counted_is_told(talk: Talk, asked: str) -> None:
    talk.ask("PyTorch 쓴 run 몇개")
    assert talk.ask(asked).rows[0][1:] == (9, 14)


def test_two_sums_are_put_together(talk: Talk) -> None:
    talk.ask("체크포인트 총 용량")
    talk.ask("로그는?")
    assert "IN ('checkpoint', 'log')" in talk.ask("둘 합치면").sql[0]


def test_a_time_is_made_longer(talk: Talk) -> None:
    talk.ask("최근 3개월 등록 모델")
    assert "'2026-05-21'" in talk.ask("6개월로 늘리면?").sql[0]


def test_how_many_of_a_measure_one_row_has_is_the_measure(talk: Talk) -> None:
    talk.ask("smallest dataset?")
    assert talk.ask("how many samples does that have").column("num_samples") == [70000]


@pytest.mark.parametrize(
    ("first", "then", "start"),
    [
        ("이번달 등록 모델", "그 전달은?", "2026-10-01"),
        ("이번달 등록 모델", "작년 같은 달은", "2025-11-01"),
        ("2024년에 만든 프로젝트", "이듬해는?", "2025-01-01"),
        ("runs started in 2024", "and the year before?", "2023-01-01"),
    ],
)
def test_another_time_is_told_by_the_last_one(talk: Talk, first: str, then: str, start: str) -> None:
    talk.ask(first)
    assert f"'{start}'" in talk.ask(then).sql[0]


def test_the_month_before_a_year_is_no_time(talk: Talk) -> None:
    talk.ask("2024년에 만든 프로젝트")
    assert not any("2023-12-01" in sql for sql in talk.ask("그 전달은?").sql)


def test_the_day_of_a_shorter_month_is_its_last() -> None:
    assert months_away("2024-03-31", -1) == "2024-02-29"


@pytest.mark.parametrize(
    ("thread", "first"),
    [
        (("wafer exp01 얼마나 걸렸어", "exp02는", "뭐가 더 오래 걸렸어?"), "yolov8-wafer-exp02"),
        (("kobert recall", "koelectra는?", "뭐가 더 높아?"), "intent-koelectra"),
    ],
)
def test_the_last_two_answers_are_held_against_each_other(talk: Talk, thread: tuple[str, ...], first: str) -> None:
    told = [talk.ask(one) for one in thread]
    assert told[-1].column("name")[0] == first


def test_one_answer_is_held_against_nothing(talk: Talk) -> None:
    talk.ask("NLP팀 프로젝트")
    talk.ask("한승우 이메일")
    assert not any("IN (8" in sql for sql in talk.ask("뭐가 더 오래 걸렸어?").sql)


def test_a_state_is_asked_of_the_row_in_focus(talk: Talk) -> None:
    talk.ask("latest run")
    told = talk.ask("is it done?")
    assert told.text.startswith("Yes")
    assert "pipelines.status" in told.sql[0]


def test_by_another_measure_is_another_row(talk: Talk) -> None:
    talk.ask("recall 제일 높은 모델")
    assert talk.ask("precision 기준으로는?").column("precision_val") == [0.952]


def test_what_is_asked_after_as_well_is_asked_of_alone(talk: Talk) -> None:
    talk.ask("실패한거 로그")
    assert not talk.ask("체크포인트도 있어?").rows


def test_a_word_is_of_the_kind_that_was_spoken_of(talk: Talk) -> None:
    talk.ask("vision team 모델")
    assert "users.team = 'NLP팀'" in talk.ask("NLP는?").sql[0]


def test_the_word_keeps_its_meaning_beside_another(talk: Talk) -> None:
    talk.ask("vision team 모델")
    assert "projects.type = 'nlp'" in talk.ask("nlp 프로젝트 보여줘").sql[0]


def test_a_piece_is_of_the_name_it_stands_in_place_of(talk: Talk) -> None:
    talk.ask("what gpu did kobert train on")
    assert talk.ask("and surface?").column("name") == ["yolov5-surface-exp12"]


def test_one_group_is_listed(talk: Talk) -> None:
    talk.ask("GPU별 파이프라인 수")
    assert len(talk.ask("H100은 뭐뭐야").rows) == 4


def test_the_figure_of_the_row_in_focus_is_asked_for(talk: Talk) -> None:
    talk.ask("프로덕션 모델 중 제일 큰 거")
    assert talk.ask("파라미터 몇이야").column("parameters_m") == [110.0]


def test_which_one_it_belongs_to_is_asked_of_the_row_in_focus(talk: Talk) -> None:
    talk.ask("체크포인트 제일 큰거")
    assert talk.ask("어느 run 거야").column("name") == ["koelectra-intent-exp01"]


def test_when_is_no_other_state_of_the_same(talk: Talk) -> None:
    talk.ask("실패한 파이프라인 로그 경로")
    assert talk.ask("언제 실패했는데").column("finished_at") == ["2024-09-10 10:15:00"]


def test_the_rest_is_what_was_asked_of_no_turn(talk: Talk) -> None:
    talk.ask("토치로 돌린 거 몇개")
    talk.ask("텐서플로는")
    assert sorted(map(str, talk.ask("나머지는").column("name"))) == ["paddleocr-invoice-exp04", "xgb-churn-exp02"]


def test_a_kind_that_is_left_out_is_no_name_of_what_was_spoken_of(talk: Talk) -> None:
    talk.ask("show all artifacts of yolov8-wafer-exp01")
    assert "artifacts.type <> 'log'" in talk.ask("without the log").sql[0]


def test_how_old_somebody_is_stands_nowhere(talk: Talk) -> None:
    talk.ask("who is 한승우")
    assert not talk.ask("how old is he").sql
