"""Formal Korean: its long verbs, what is told beside, what was done with rows."""

import pytest

from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("15ms 이하이면서 정밀도", "15ms 이하이고 정밀도"),
        ("올라가 있지 않은 모델", "올라가지 않은 모델"),
        ("완료되지 못한 학습", "완료되지 않은 학습"),
        ("산출물이 아무것도 없는", "산출물이 하나도 없는"),
        ("그 가운데 취소된 건", "그중에서 취소된 건"),
        ("올해 착수한 과제", "올해 시작한 과제"),
        ("담당자가 누구인지 중복없이", "담당자가 누구인지"),
        ("박도현 님의 경우는 어떻습니까?", "박도현님은 어때?"),
        ("카탈로그에 있는 모델", "있는 모델"),
        ("모델 각각 어느 데이터셋으로 학습했어", "모델마다 어느 데이터셋으로 학습했어"),
        ("소속 인원 명단과 각자 역할이요", "소속 인원 명단과 역할이요"),
        ("버전과 함께 검토하려고 합니다", "버전과 함께 검토해 주세요"),
        ("팀 각각 몇 개씩", "팀 각각 몇 개씩"),
        ("진료비 청구 안 된 진료", "진료비 안 청구된 진료"),
        ("100M을 초과하지 않으면서 스테이징인", "100M 이하 스테이징인"),
        ("0.9 이상이 아닌 모델", "0.9 미만 모델"),
        ("완료되지 않았는데 로그는 있는", "완료되지 않은 로그는 있는"),
        ("취소된 학습 담당자는 됐고 이름만", "취소된 학습 이름만"),
        ("담당 아직 최유진님 맞아?", "담당 아직 최유진님인가요?"),
        ("종료 시각이 누락되어 있는 학습", "종료 시각이 없는 학습"),
        ("최종적으로 완료된 학습", "완료된 학습"),
        ("한눈에 볼 수 있게 정리", "한눈에 볼 정리"),
        ("담당자를 알 수 있으면 좋겠습니다", "담당자를 알려 주세요"),
        ("도현님 비전팀 소속이신가요?", "도현님 비전팀 소속인가요?"),
        ("역할별 말고 그냥 전체 인원", "전체 인원"),
        ("평가 지표가 등록되지 않은 모델", "평가 지표가 없는 모델"),
        ("운영에 있는지 여부를 확인", "운영에 있는지 확인"),
        ("박도현 님과 최유진 님을", "박도현님과 최유진님을"),
        ("운영 단계도 개발 단계도 아닌", "운영도 개발도 아닌"),
        ("따로 끝난 학습", "따로 끝난 학습"),
        ("성공적으로 끝난 학습", "성공적으로 끝난 학습"),
        ("production인 게 맞습니까?", "production인 게 맞습니까?"),
    ],
)
def test_formal_korean_is_put_plainly(typed: str, plain: str) -> None:
    assert clean(typed) == plain


def test_the_end_of_a_verb_is_no_number_of_the_word_behind_it(sample: Book) -> None:
    told = Talk(sample).ask("PyTorch를 쓰지 않은 학습 중에서 실패한 건은 제외하고 보여 주십시오")
    assert "pipelines.status <> 'failed'" in told.sql[-1]
    told = Talk(sample).ask("데이터셋 한 개 있는 프로젝트")
    assert "= 1" in told.sql[-1]


def test_whose_rows_are_is_told_beside_them_where_it_is_asked_for_too(sample: Book) -> None:
    told = Talk(sample).ask("올해 시작한 과제가 있으면 담당자 메일까지 알려 주세요")
    assert {"name", "users_name", "email"} <= set(told.tables[-1].columns)
    assert Talk(sample).ask("올해 시작한 과제 담당자는 누구야").column("name") == ["박도현"]


def test_another_group_takes_the_place_of_the_one_that_is_dropped(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("데이터셋 개수를 포맷별로 알려줘")
    told = talk.ask("포맷 말고 팀별로")
    assert told.tables[-1].columns == ("team", "datasets_count")
    assert "IS NULL" not in told.sql[-1]


def test_a_word_said_to_be_in_a_path_is_sought_there(sample: Book) -> None:
    assert "LIKE '%best%'" in Talk(sample).ask("경로에 best가 들어가는 산출물").sql[-1]
    assert "LIKE" not in Talk(sample).ask("경로에 뭐가 들어가는지 산출물 보여줘").sql[-1]


def test_what_a_model_came_of_is_of_those_that_have_one(sample: Book) -> None:
    made = Talk(sample).ask("최유진님 모델이 어떤 프로젝트에서 나왔는지")
    assert made.column("name") == ["invoice-ocr"]
    fed = Talk(sample).ask("송장 ocr 모델 학습시킨 데이터가 몇장짜리야?")
    assert fed.column("num_samples") == [54000]


def test_a_piece_of_many_names_is_the_one_like_the_name_before(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("yolov8-wafer-exp02 얼마나 걸렸어")
    assert talk.ask("그럼 exp01은?").column("name") == ["yolov8-wafer-exp01"]
    assert len(Talk(sample).ask("exp01 상태").rows) > 1


def test_a_counter_that_is_a_measure_asks_for_it_where_its_rows_are_spoken_of(sample: Book) -> None:
    assert Talk(sample).ask("steel-surface-10k 몇 장이야?").column("num_samples") == [10000]
    assert Talk(sample).ask("모델 몇 장 있어").text.startswith("모델은 총 **9개**")


def test_a_word_that_turns_a_condition_round_is_never_left_out(sample: Book) -> None:
    told = Talk(sample).ask("용량이 20GB 넘는데 않을듯이 보이는 데이터셋")
    assert not told.sql


def test_who_is_asked_about_by_name_is_told_yes(sample: Book) -> None:
    assert Talk(sample).ask("invoice-ocr 담당 아직 최유진님 맞아?").text.startswith("네")


def test_what_was_used_in_rows_is_asked_of_those_below(sample: Book) -> None:
    told = Talk(sample).ask("이서연 님이 담당하시는 과제에서 사용된 GPU 종류를 중복 없이 알려 주세요")
    assert sorted(told.rows) == [("A100",), ("H100",)]
    assert "projects" in Talk(sample).ask("이서연 님 과제에서 상태가 진행 중인 것").sql[-1]


def test_a_word_is_sought_in_a_text_past_what_only_says_that_it_stands_there(sample: Book) -> None:
    assert "LIKE '%오탐%'" in Talk(sample).ask("노트에 오탐 관련 얘기 있는 모델?").sql[-1]


def test_rows_of_a_state_are_left_out_past_their_noun(sample: Book) -> None:
    assert "<> 'archived'" in Talk(sample).ask("보관 처리된 플젝 말고 완료된 플젝").sql[-1]


@pytest.mark.parametrize("asked", ["과제의 이름과 상태, 그리고 담당자를 보여 주세요", "프로젝트 이름과 담당자 목록"])
def test_a_person_listed_behind_columns_is_told_beside_their_rows(sample: Book, asked: str) -> None:
    told = Talk(sample).ask(asked)
    assert "FROM projects" in told.sql[-1]
    assert "users_name" in told.tables[-1].columns


def test_a_person_asked_for_behind_a_column_is_who_is_asked_for(sample: Book) -> None:
    assert Talk(sample).ask("상태가 보관인 과제의 담당자").column("name") == ["윤채원"]


def test_rows_of_two_states_are_both_left_out(sample: Book) -> None:
    told = Talk(sample).ask("실패나 취소로 끝난 건을 제외한 파이프라인 목록")
    assert {"failed", "cancelled"} & set(told.column("status")) == set()


def test_a_kind_of_file_is_known_by_what_its_path_ends_with(sample: Book) -> None:
    assert "LIKE '%.json'" in Talk(sample).ask("config 파일 중에 json인거 경로만").sql[-1]
    assert "LIKE '%.json'" in Talk(sample).ask("json 설정 파일 남긴 파이프라인").sql[-1]


def test_a_word_said_twice_only_paints(sample: Book) -> None:
    told = Talk(sample).ask("lstm-log-exp01 며칠에 돌렸더라 기억 가물가물")
    assert "started_at" in told.tables[-1].columns


def test_files_of_runs_that_made_a_model_are_told(sample: Book) -> None:
    told = Talk(sample).ask("박도현님이 만든 모델 체크포인트 어디있어")
    assert len(told.rows) == 2
    assert "JOIN models" not in Talk(sample).ask("박도현님 파이프라인 체크포인트 어디있어").sql[-1]


def test_people_who_never_ran_anything_are_asked_for(sample: Book) -> None:
    assert Talk(sample).ask("학습 안돌린 사람 있어?").column("name") == ["한승우"]


def test_what_only_asks_to_be_told_is_no_second_question(sample: Book) -> None:
    told = Talk(sample).ask(
        "스테이징 단계에 있는 모델들이 어떤 과제에서 비롯되었고 담당자는 누구인지, 함께 알려 주십시오."
    )
    assert "범위 밖" not in told.text
    assert {"name", "users_name"} <= set(told.tables[-1].columns)
    assert "IS NULL" not in told.sql[-1]


def test_a_list_of_rows_with_whose_they_are(sample: Book) -> None:
    told = Talk(sample).ask("2024년에 생성된 데이터셋 목록과 담당자를 보여줘")
    assert "FROM datasets" in told.sql[-1]
    assert "users_name" in told.tables[-1].columns


def test_a_slip_that_leaves_only_syllables_is_undone(sample: Book) -> None:
    assert Talk(sample).ask("surface-yolov5l 임게값 몇에 걸어놨나").column("confidence_threshold") == [0.3]
    assert Talk(sample).ask("intent-kobert 버전 이거 좀 그 뭐지").column("version") == ["v3.0"]


def test_what_a_name_begins_or_ends_with_is_a_condition_on_it(sample: Book) -> None:
    assert Talk(sample).ask("이름이 v6로 끝나는 데이터셋").column("name") == ["intent-utterances-v6"]
    assert Talk(sample).ask("버전이 v3.으로 시작하는 모델").column("version") == ["v3.1", "v3.0", "v3.2"]
    assert len(Talk(sample).ask("이름이 yolov8로 시작하는 학습").rows) == 3
    assert "LIKE" not in Talk(sample).ask("9월로 시작하는 분기에 끝난 학습").text


def test_names_with_titles_share_what_leaves_them_out(sample: Book) -> None:
    told = Talk(sample).ask("이서연님과 최유진 님을 제외한 인원")
    assert {"이서연", "최유진"} & set(told.column("name")) == set()


def test_a_word_said_to_be_in_a_name_is_sought_there(sample: Book) -> None:
    told = Talk(sample).ask("과제명에 inspection이 포함되어 있는 과제를 검색해 주십시오")
    assert sorted(map(str, told.column("name"))) == ["solder-joint-inspection", "surface-inspection"]


def test_whether_something_may_be_deleted_is_no_request_to_delete_it(sample: Book) -> None:
    assert "읽기 전용" not in Talk(sample).ask("1기가도 안되는 데이터셋 지워도 되나 싶은데 뭐있지").text
    assert "읽기 전용" in Talk(sample).ask("1기가도 안되는 데이터셋 지워줘").text


def test_a_second_question_of_a_name_is_about_it(sample: Book) -> None:
    told = Talk(sample).ask("wafer-defect-yolov8m v2.0을 학습한 GPU는 무엇이며 얼마나 소요되었습니까?")
    assert "12.5" in told.text
