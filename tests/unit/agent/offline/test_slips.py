"""Questions typed in haste: mended where one reading explains a word, said when mended, and digits never guessed."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.mend import Mended, mend
from agent.offline.words.mending.slips import NEAR, is_likely, is_malformed, undone
from agent.offline.words.normalise import clean
from benchmarks.slip_cost import read, typed
from benchmarks.slips import SLIPS
from tests.unit.agent.offline.talk import Book, Talk

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def lexicon(sample: Book) -> Lexicon:
    return Lexicon(sample.semantics, sample.values)


def mended(lexicon: Lexicon, question: str) -> Mended:
    return mend(clean(question), lexicon, TODAY)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("모젤 목록", "모델 목록"),
        ("텐서플로로 학슴한 파이프라인", "텐서플로로 학습한 파이프라인"),
        ("실페한 파이프라인", "실패한 파이프라인"),
        ("실패한 파이프라잉", "실패한 파이프라인"),
        ("failed piplines", "failed pipelines"),
        ("models by precisoin", "models by precision"),
        ("상태별 파ㅣ프라인 갯수", "상태별 파이프라인 갯수"),
        ("모델 알ㄹ져ㅝ", "모델 알려줘"),
        ("플랫폼팀에 누가 잉써?", "플랫폼팀에 누가 있어?"),
        ("모델 퐁균 F1", "모델 평균 F1"),
        ("tlfvogks vkdlvmfkdls", "실패한 파이프라인"),
        ("failed ㅔㅑㅔ디ㅑㅜㄷㄴ", "failed pipelines"),
        ("ahepf 목록", "모델 목록"),
        ("kobert-intnet-exp07 상태", "kobert-intent-exp07 상태"),
        ("how man models are there", "how many models are there"),
        ("whichmodelsareinstaging?", "which models are in staging?"),
        ("A100안쓴파이프라인", "A100 안 쓴 파이프라인"),
        ("프로젝트 많은 사람부트 나열", "프로젝트 많은 사람부터 나열"),
        ("A100으류 돌린 학습", "A100으로 돌린 학습"),
        ("진행 중인 비번팀 프로젝트", "진행 중인 비전팀 프로젝트"),
        ("객체탐지 프로젝트 목롱", "객체탐지 프로젝트 목록"),
        ("비전팀 나닌 사람", "비전팀 아닌 사람"),
        ("완료된 학습이랑 담당ㅈ", "완료된 학습이랑 담당자"),
        ("GPU 안 쓴 하이프라인", "GPU 안 쓴 파이프라인"),
        ("모델 평ㄱㄴ F1", "모델 평균 F1"),
        ("exp07 언데 끝났어", "exp07 언제 끝났어"),
        ("재일 빠른 모델", "제일 빠른 모델"),
        ("GPU 제일 많이 쓴 티", "GPU 제일 많이 쓴 팀"),
        ("사람ㅂ려 GPU 사용 시간", "사람별 GPU 사용 시간"),
        ("재작넌 6월에 돌린 학습", "재작년 6월에 돌린 학습"),
        ("예윽팀에서 실패한 파이프라인", "예측팀에서 실패한 파이프라인"),
        ("같은 ㅌㅁ 사람", "같은 팀 사람"),
    ],
)
def test_a_slip_is_undone(lexicon: Lexicon, question: str, meant: str) -> None:
    assert mended(lexicon, question).text == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("아키 목록", "아키텍처 목록"),
        ("텐플로로 돌린 학습", "텐서플로로 돌린 학습"),
        ("프덕 모델", "프로덕션 모델"),
        ("정밀 젤 높은 모델", "정밀도 젤 높은 모델"),
    ],
)
def test_a_word_cut_short_is_read_whole(lexicon: Lexicon, question: str, meant: str) -> None:
    assert mended(lexicon, question).text == meant


def test_a_beginning_of_several_words_is_none_of_them(lexicon: Lexicon) -> None:
    assert any(mention.unknown for mention in mended(lexicon, "프로 목록").mentions)


@pytest.mark.parametrize("question", ["이서욘의 프로젝트", "모젤 목록", "모델 퐁균 F1", "failed piplines"])
def test_what_was_mended_is_said(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "찾을 수 없어" in told.text or "could not find" in told.text


@pytest.mark.parametrize(
    "question",
    [
        "yolov8-wafer-exp05 상태",
        "wafer-defect-yolov8m v4.0 재현율",
        "intent-utterances-v7 샘플 수",
        "B100 파이프라인 몇 개야",
    ],
)
def test_a_digit_is_never_guessed(lexicon: Lexicon, question: str) -> None:
    assert mended(lexicon, question).text == question


@pytest.mark.parametrize(
    "word", ["양자화된", "라이선스", "강한 조도", "TPU", "quantized", "끝나고", "together", "재학습", "비공개"]
)
def test_a_word_of_its_own_is_no_slip(lexicon: Lexicon, word: str) -> None:
    found = mended(lexicon, f"{word} 모델")
    assert found.text == f"{word} 모델"
    assert found.corrections == ()


@pytest.mark.parametrize(
    ("question", "status"),
    [("실패한 파이프라안", "failed"), ("실퍠한 파이프라인", "failed"), ("완룓힌 학습", "completed")],
)
def test_a_slipped_word_is_answered(talk: Talk, question: str, status: str) -> None:
    assert set(talk.ask(question).column("status")) == {status}


@pytest.mark.parametrize(
    "question", ["옽 오탐이 적은 모델", "ㅁ 모델 목록", "비전팀 대 NLP팀 모델 개수", "이서 프로젝트"]
)
def test_a_stray_character_is_no_slip(lexicon: Lexicon, question: str) -> None:
    assert mended(lexicon, question).text == question


def test_many_strange_words_are_no_slips(lexicon: Lexicon) -> None:
    assert mended(lexicon, "모젤 펑균 실펴한 파이프라언").corrections == ()


def test_between_two_readings_nothing_is_chosen(lexicon: Lexicon) -> None:
    assert mended(lexicon, "드 팀 모델 있어?").corrections == ()


@pytest.mark.parametrize("word", ["파이프라인", "평균", "있어"])
def test_every_key_slip_of_a_word_has_the_word_among_what_it_was(word: str) -> None:
    slip = SLIPS["one key"]
    slipped = {slip(word, random.Random(seed)) for seed in range(60)}
    assert all(word in {meant for meant, _ in undone(each)} for each in slipped)


def test_what_was_typed_is_never_among_what_it_was() -> None:
    assert "모델" not in {meant for meant, _ in undone("모델")}


def test_neighbours_are_mutual() -> None:
    assert all(key in NEAR[other] for key, near in NEAR.items() for other in near)


@pytest.mark.parametrize(("word", "is_so"), [("모ㄷ", True), ("푱균", True), ("모델", False), ("wafer", False)])
def test_a_word_that_nobody_writes_is_malformed(word: str, is_so: bool) -> None:
    assert is_malformed(word) is is_so


@given(st.text("rstuv모델 12ㅏㄱ.-", max_size=8))
def test_no_edit_touches_a_digit(word: str) -> None:
    digits = [char for char in word if char.isdigit()]
    assert all([char for char in meant if char.isdigit()] == digits for meant, _ in undone(word))


@pytest.mark.parametrize("name", ["NFD", "full width", "zero width"])
def test_other_ways_to_write_the_same_cost_nothing(lexicon: Lexicon, name: str) -> None:
    chance = random.Random(1)
    for question in ["김민준의 실패한 파이프라인", "wafer-defect-yolov8m v2.1 재현율", "H100 runs"]:
        assert mended(lexicon, SLIPS[name](question, chance)).text == question


def test_slips_are_the_same_for_the_same_seed() -> None:
    questions = read()[:50]
    for slip in SLIPS.values():
        once, again = typed(questions, slip, 7), typed(questions, slip, 7)
        assert [one.thread for one in once] == [one.thread for one in again]


@pytest.mark.parametrize("name", [name for name in SLIPS if name not in ("full width", "stray sign")])
def test_no_slip_touches_a_digit(name: str) -> None:
    for question in read()[:150]:
        text = question.thread[-1]
        slipped = SLIPS[name](text, random.Random(3)).replace("U07ABCDEF", "")
        assert [c for c in slipped if c.isdigit()] == [c for c in text if c.isdigit()]


def test_what_may_be_a_slip_of_several_words_is_marked(lexicon: Lexicon) -> None:
    assert any(mention.doubtful for mention in mended(lexicon, "샘플이 ㅔ일 많은 데이터셋").mentions)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MAPE", "maps"),
        ("json", "jsonl"),
        ("base", "based"),
        ("MAE", "made"),
        ("test", "rest"),
        ("shoe", "show"),
        ("reused", "paused"),
        ("unused", "paused"),
    ],
)
def test_a_short_latin_word_that_may_be_its_own_is_no_slip(typed: str, meant: str) -> None:
    assert not is_likely(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GUP", "gpu"),
        ("modl", "model"),
        ("mpdel", "model"),
        ("mmodel", "model"),
        ("stagin", "staging"),
        ("ataset", "dataset"),
        ("piplines", "pipelines"),
    ],
)
def test_a_latin_word_with_one_key_astray_inside_is_a_slip(typed: str, meant: str) -> None:
    assert is_likely(typed, meant)


@pytest.mark.parametrize(
    "question", ["MAPE 낮은 모델", "datasets in json format", "which dataset got reused by the most runs"]
)
async def test_what_may_be_a_word_of_its_own_is_asked_back(talk: Talk, question: str) -> None:
    told = await talk.answer(question)
    assert told.text
    assert not any(table.rows for table in told.tables)
