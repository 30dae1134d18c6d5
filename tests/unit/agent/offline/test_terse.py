"""Questions as they are dashed off in a chat: half sentences, jargon, a second ask about the first one's row."""

import pytest

from agent.offline.words.idioms.plain import plain
from tests.unit.agent.offline.talk import Talk

FIGURES_TOLD = 4
"""The marks around two figures at least."""


def _names(talk: Talk, *thread: str) -> list[str]:
    told = [talk.ask(text) for text in thread][-1]
    column = "name" if "name" in told.tables[-1].columns else "path"
    return sorted(str(name).rpartition("/")[2] for name in told.column(column))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("models w/ recall over .9", "models with recall over 0.9"),
        ("anyone w/o a project?", "who is without project?"),
        ("slowest model, latency wise", "slowest model by latency"),
        ("runs that didn't make it", "runs not successful"),
        ("anything parked in pending", "anything in pending"),
        ("models where precision beats recall", "models where precision higher than recall"),
        ("models where recall trails precision", "models where recall lower than precision"),
        ("map500.9 이상인 모델", "map50 0.9 이상인 모델"),
        ("f10.9이상", "f1 0.9이상"),
        ("v10.0 모델", "v10.0 모델"),
        ("모델 recall 기준 top3", "모델 recall 기준 top 3"),
        ("kobert 담당자 아시는 분 있나요?", "kobert 담당자"),
        ("prod f1 평균이 staging 평균보다 높아?", "prod랑 staging f1 평균 비교"),
    ],
)
def test_what_is_dashed_off_is_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("is anything in prod trained on a V100?", ["document-paddle-ocr", "surface-yolov5l"]),
        ("prod 중에 V100으로 학습한 거", ["document-paddle-ocr", "surface-yolov5l"]),
        ("what was trained last month", ["koelectra-intent-exp01"]),
        ("did dohyun.park kick off anything this month", ["rtdetr-pallet-exp01"]),
        ("박도현 이번달에 시작한 거 있어?", ["rtdetr-pallet-exp01"]),
        ("anything training on H100 rn", ["yolov8-wafer-exp03"]),
        ("who's using the H100 right now", ["김민준"]),
        ("H100 지금 쓰는 run 있어?", ["yolov8-wafer-exp03"]),
        ("seoyeon.lee 프로젝트", ["callcenter-intent", "voice-summary"]),
        ("ckpt 중에 pth인거만", ["model_best.pth", "model_final.pth"]),
        ("데이터셋 제일 큰거 담당자 누구임", ["meeting-audio-ko"]),
        ("임계값기록안된모델뭐임", ["demand-patchtst"]),
        ("anything red?", ["lstm-log-exp01"]),
        ("체크포인트 안 남은 run 있음?", ["lstm-log-exp01", "nbeats-demand-exp01", "rtdetr-pallet-exp02"]),
        ("what'd we kick off in october", ["koelectra-intent-exp01"]),
        ("how many models did the vision team ship to prod", ["surface-yolov5l", "wafer-defect-yolov8m"]),
        ("PyTorch 말고 딴걸로 학습한 model", ["demand-patchtst", "document-paddle-ocr"]),
    ],
)
def test_half_a_sentence_finds_its_rows(talk: Talk, question: str, names: list[str]) -> None:
    assert _names(talk, question) == names


@pytest.mark.parametrize(
    ("thread", "names"),
    [
        (("가장 빠른 모델 뭐임", "2등은?"), ["solder-convnext-t"]),
        (("제일 빠른 모델", "제일 느린 건?"), ["document-paddle-ocr"]),
        (("what is the biggest dataset", "and the second?"), ["pallet-cam-raw"]),
        (("who owns surface-inspection", "what else do they have going"), ["warehouse-pallet"]),
        (("NLP팀 모델 뭐 있지", "그중 prod인거", "걔네 ckpt 용량"), ["best_accuracy.pdparams", "pytorch_model.bin"]),
    ],
)
def test_a_follow_up_goes_on_from_what_was_told(talk: Talk, thread: tuple[str, ...], names: list[str]) -> None:
    assert _names(talk, *thread) == names


def test_where_somebody_has_no_more_of_it_that_is_said(talk: Talk) -> None:
    talk.ask("who owns invoice-ocr?")
    told = talk.ask("what else are they working on?")
    assert (told.rows, told.text[:9]) == ([], "No result")


def test_with_nothing_to_have_more_of_another_is_asked_back(talk: Talk) -> None:
    talk.ask("who is on the platform team")
    assert not talk.ask("what else do they do").tables


def test_those_that_have_files_are_still_the_rows_asked_for(talk: Talk) -> None:
    assert "intent-kobert" in _names(talk, "prod 모델 뭐있어", "그중 로그 있는거")


@pytest.mark.parametrize("question", ["how many models per team, ascending", "팀별 모델 개수 오름차순"])
def test_groups_are_sorted_by_their_counts(talk: Talk, question: str) -> None:
    assert talk.ask(question).column("models_count") == [1, 3, 5]


def test_a_second_ask_is_of_the_row_that_the_first_ranks(talk: Talk) -> None:
    told = talk.ask("biggest ckpt we have and which run made it")
    assert "pytorch_model.bin" in told.text
    assert "koelectra-intent-exp01" in told.column("name")


@pytest.mark.parametrize("question", ["완료된파이프라인은몇개고실패한건몇개야?", "A100학습몇건이고평균몇시간걸렸는지"])
def test_two_asks_are_told_apart_without_a_space(talk: Talk, question: str) -> None:
    assert talk.ask(question).text.count("**") >= FIGURES_TOLD


def test_a_deed_that_is_done_asks_for_nothing_to_be_done(talk: Talk) -> None:
    assert len(talk.ask("deploy된 model들 owner 누구야").rows) == len(("김민준", "이서연", "박도현", "최유진"))


def test_what_the_catalogue_lacks_is_no_slip_of_a_little_word(talk: Talk) -> None:
    assert "'lr'" in talk.ask("what lr did kobert-intent-exp07 use").text


@pytest.mark.parametrize(
    ("question", "rest"), [("조도변화에강한모델있어요?", "조"), ("B라인용으로나간모델버전이뭐지", "B")]
)
def test_what_is_left_of_an_unknown_word_is_no_stray_key_where_nothing_is_spaced(
    talk: Talk, question: str, rest: str
) -> None:
    told = talk.ask(question)
    assert not told.rows
    assert f"'{rest}'" in told.text


def test_a_noun_behind_a_state_is_no_ending_of_it(talk: Talk) -> None:
    assert _names(talk, "배포된것중오탐제일적은놈으로하나골라줘") == ["document-paddle-ocr"]
