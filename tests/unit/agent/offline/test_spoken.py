"""Korean as it is typed in a chat: numbers in words, orders by a noun, names of kinds, files by their ending."""

import pytest

from agent.offline.words.amounts import amount_at
from agent.offline.words.conjugation import conjugated
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("십만개", 100_000, "count"),
        ("이십만 개", 200_000, "count"),
        ("천오백 건", 1_500, "count"),
        ("일억이천만 개", 120_000_000, "count"),
        ("삼십분", 1_800, "s"),
        ("오백메가", 5e8, "byte"),
        ("구십 프로", 90, "%"),
    ],
)
def test_a_number_in_words_is_read(said: str, value: float, unit: str) -> None:
    found = amount_at(said, 0)
    assert found is not None
    assert (found[0], found[1].value, found[1].unit) == (len(said), value, unit)


@pytest.mark.parametrize("said", ["일일이", "이만 보여줘", "십십 개"])
def test_syllables_of_numbers_in_no_order_are_no_number(said: str) -> None:
    assert amount_at(said, 0) is None


def test_ten_thousand_after_top_says_only(talk: Talk) -> None:
    assert len(talk.ask("용량 큰 데이터셋 탑3만").rows) == 3


@pytest.mark.parametrize(
    ("question", "column", "first"),
    [
        ("데이터셋 용량순으로 보여줘", "name", "meeting-audio-ko"),
        ("모델 추론 시간순으로 줘", "name", "demand-patchtst"),
        ("파이프라인 시작일순", "name", "xgb-churn-exp02"),
        ("학습 시간순으로 파이프라인", "name", "paddleocr-invoice-exp04"),
        ("사용자 이름순으로", "name", "강지호"),
    ],
)
def test_rows_are_put_in_the_order_of_a_noun(talk: Talk, question: str, column: str, first: str) -> None:
    assert talk.ask(question).column(column)[0] == first


def test_groups_in_the_order_of_a_noun_are_weighed_by_it(talk: Talk) -> None:
    assert talk.ask("프로젝트별 데이터 용량 순위").rows[0] == ("voice-summary", 210.5)
    assert talk.ask("팀별 f1순").rows[0][0] == "NLP팀"


def test_an_order_that_nothing_can_make_is_asked_back(talk: Talk) -> None:
    assert not talk.ask("팀순으로 사람들").rows


@pytest.mark.parametrize("question", ["GPU 뭐뭐 쓰고 있는지 종류만", "GPU 이름만 쭉", "GPU 종류 뭐 있어"])
def test_the_kinds_of_a_category_are_told_once(talk: Talk, question: str) -> None:
    assert sorted(talk.ask(question).rows) == [("A100",), ("H100",), ("T4",), ("V100",)]


def test_the_kinds_of_what_is_spoken_of_stay_its_own(talk: Talk) -> None:
    assert len(talk.ask("아티팩트 종류만 알려줘").rows) == 3


@pytest.mark.parametrize(
    ("question", "count"),
    [("경로에 best.pt 들어간 파일들", 4), ("json 파일 경로 알려줘", 3), ("yaml로 된 설정 파일 어디 있나", 3)],
)
def test_a_file_is_found_by_a_piece_of_its_path(talk: Talk, question: str, count: int) -> None:
    assert len(talk.ask(question).rows) == count


def test_what_no_family_name_begins_is_no_person(talk: Talk) -> None:
    assert "세팅된" not in talk.ask("임계값 0.5 미만으로 세팅된 모델").text
    assert "김철수" in talk.ask("김철수 프로젝트 보여줘").text


def test_a_row_named_in_the_question_needs_no_talk_before(talk: Talk) -> None:
    assert talk.ask("이 파이프라인 담당자 누구임 koelectra-intent-exp01").column("name") == ["이서연"]
    assert "이서연" in str(Talk(talk.book).ask("가장 용량 큰 데이터셋이랑 걔 담당자까지").rows)


def test_what_a_place_asks_for_is_recommended(talk: Talk) -> None:
    assert "추천" in talk.ask("현장에 올릴 가벼운 거 뭐 있을까").text
    assert "추천" not in Talk(talk.book).ask("제일 가벼운 거 뭐야").text


def test_a_unit_after_how_many_counts_nothing(talk: Talk) -> None:
    assert talk.ask("추론속도 제일 느린 게 몇 ms임").column("inference_ms") == [45.0]


@pytest.mark.parametrize(
    ("told", "forms"),
    [
        ("터진", {"터지", "터져", "터졌", "터질", "터짐"}),
        ("죽은", {"죽어", "죽었", "죽을", "죽음", "죽던"}),
        ("멈춘", {"멈추", "멈춰", "멈췄", "멈출", "멈춤"}),
        ("망한", {"망해", "망했", "망할", "망함"}),
        ("기다리는", {"기다리", "기다려", "기다렸", "기다릴"}),
    ],
)
def test_a_verb_is_known_in_its_other_forms(told: str, forms: set[str]) -> None:
    assert forms <= set(conjugated(told))


@pytest.mark.parametrize("told", ["완료", "중단", "긴", "failed"])
def test_what_ends_in_no_verb_has_no_forms(told: str) -> None:
    assert not set(conjugated(told))


@pytest.mark.parametrize("question", ["터졌던 학습", "뻗어버린 파이프라인", "죽었던 학습 뭐임"])
def test_a_state_is_understood_however_its_verb_ends(talk: Talk, question: str) -> None:
    assert talk.ask(question).column("name") == ["lstm-log-exp01"]


def test_a_state_left_half_understood_is_not_left_out(talk: Talk) -> None:
    assert talk.ask("기다리고있는 학습").column("name") == ["rtdetr-pallet-exp02"]


def test_when_rows_ended_is_asked_of_all_states(talk: Talk) -> None:
    assert talk.ask("lstm-log-exp01 언제 끝났어").column("finished_at") == ["2024-09-10 10:15:00"]
    assert len(Talk(talk.book).ask("한 시간 안에 끝난 학습들").rows) == 3


@pytest.mark.parametrize("question", ["A100 H100 빼고 다른 GPU로 돌린 거", "A100, H100 말고 딴 GPU 쓴 학습"])
def test_values_side_by_side_are_excluded_together(talk: Talk, question: str) -> None:
    assert not {"A100", "H100"} & set(talk.ask(question).column("gpu_type"))


def test_what_goes_with_each_row_is_told_beside_it(talk: Talk) -> None:
    assert len(talk.ask("살아있는 프로젝트들 담당자랑 같이 보여줘").rows) == 6


def test_a_pronoun_for_a_word_of_the_same_question_needs_no_talk(talk: Talk) -> None:
    assert len(talk.ask("모델이랑 그 모델 학습한 GPU").rows) == 9


def test_a_syllable_inside_a_word_points_to_nothing(talk: Talk) -> None:
    assert len(talk.ask("1기가도 안 되는 쪼그만 데이터셋").rows) == 2


def test_a_question_word_is_not_sought_in_a_note(talk: Talk) -> None:
    assert "섀도" in talk.ask("intent-koelectra 메모에 뭐라 적혀있어").text


def test_a_verb_of_the_past_narrows_nothing_down(talk: Talk) -> None:
    assert len(talk.ask("파이프라인마다 아티팩트 몇 개씩 남겼나").rows) >= 12


@pytest.mark.parametrize(
    "question",
    ["intent-koelectra 프로덕션으로 올려줘라", "intent-kobert staging으로 내려줘", "kobert 프로덕션에서 내려줘"],
)
def test_to_lift_a_model_to_a_stage_is_to_write(talk: Talk, question: str) -> None:
    assert not talk.ask(question).tables


def test_what_was_lifted_is_asked_for(talk: Talk) -> None:
    assert len(talk.ask("프로덕션으로 올라간 모델 보여줘").rows) == 4
    assert talk.ask("데이터셋 용량순으로 올려줘").tables
