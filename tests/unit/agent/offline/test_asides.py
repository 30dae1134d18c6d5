"""What a question only tells beside what it asks is left out; what narrows it down never is."""

from datetime import date

import pytest

from agent.offline.words.asides.asides import without_asides
from agent.offline.words.lexicon import Lexicon
from tests.unit.agent.offline.talk import Book, Talk

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("승우님 메일 주소 뭐였지 결재 올려야되는데 생각이 안나네 ㅠ", "승우님 메일 주소 뭐였지"),
        ("신입이라 이름을 못외우겠음 ㅋㅋ 멤버 전부 좀", "멤버 전부 좀"),
        ("회의록에 첨부하려 합니다. 플랫폼팀 명단이요", "플랫폼팀 명단이요"),
        ("데이터셋 이름만 뽑아주실수 있나요 위키에 붙이게", "데이터셋 이름만 뽑아주실수 있나요"),
        ("지호님 이메일 알려줄사람 ㅋㅋ 나 방금 메일함 비워버림", "지호님 이메일 알려줄사람 ㅋㅋ"),
        ("새벽 3시에 알람 와서 깼네요.. 지금 실행 중인 학습", "지금 실행 중인 학습"),
        ("담주부터 휴가라 인수인계서 쓰는데 김민준 데이터셋 싹 다", "김민준 데이터셋 싹 다"),
        ("실패한 학습 있나요? 하나씩 사유를 달게", "실패한 학습 있나요?"),
        ("이 모델들 다 뭔가요? 아직 뭐가 뭔지 몰라서..", "이 모델들 다 뭔가요?"),
        ("GPU 비용 정산 들어갑니다. 장비별 학습 시간 합계", "장비별 학습 시간 합계"),
        ("영업에서 데모 달라는데 비전팀 모델 뭐 있나요", "비전팀 모델 뭐 있나요"),
        ("파이프라인 수를 팀별로 (주간 회의 때 말하게)", "파이프라인 수를 팀별로"),
        ("이서연님이 퇴사하신대서요ㅠ 그분이 등록한 모델 목록", "이서연이 등록한 모델 목록"),
        ("voice-summary 담당자는요? 급하게 상의할 게 있어요", "voice-summary 담당자는요?"),
        ("응답이 늦으면 안 된대요. 제일 빠른 모델 추천해줘", "제일 빠른 모델 추천해줘"),
        ("wafer 모델 (v2.1) 재현율 알려줘 보고서에 써야 해서", "wafer 모델 ( v2.1) 재현율 알려줘"),
        ("NAS 이전 대상 고르는 중이라 100기가 넘는 데이터셋만", "100기가 넘는 데이터셋만"),
        ("일정 산정하려고 하는데 완료된 학습은 몇 개야?", "완료된 학습은 몇 개야?"),
        ("경로좀 알려줘요 스토리지 꽉찼대. 체크포인트 전부", "경로좀 알려줘요 체크포인트 전부"),
    ],
)
def test_a_clause_that_only_tells_why_is_left_out(sample: Book, typed: str, asked: str) -> None:
    assert without_asides(typed, Lexicon(sample.semantics, sample.values), TODAY) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "프로덕션 모델을 손보려 합니다. 추론 시간이 20ms 넘는 게 있나요?",
        "작년에 벌여 놓았습니다. 실패한 학습 알려 주세요",
        "야간에 돌린 학습만 봅니다. 실패한 건 뭐가 있나요?",
        "모델을 손질합니다. 20ms 넘는 게 있나요?",
        "데이터셋 목록 알려줘요 제일 빨라야 되거든요 응답이",
        "점심 먹으러 갑니다. 어디가 좋을까요?",
        "학습 목록 보여줘",
        "지난주 회의에서 정했어요. 실패한 학습 뭐 있죠",
        "미팅에서 yolo 모델만 보기로 했어요. 정밀도 어때요",
        "0.9 넘는 것만 회의에 올린대요. 모델 뭐 있죠",
        "회의에서 속도가 중요하대요. 모델 하나만 추천해줘",
        "이서연님이 어제 퇴사했어요. 그분 모델 목록",
        "재학습해야 된다고 적혀있는 모델 있나",
    ],
)
def test_a_clause_that_narrows_down_stays(sample: Book, typed: str) -> None:
    assert without_asides(typed, Lexicon(sample.semantics, sample.values), TODAY) == typed


def test_an_aside_does_not_keep_a_question_from_its_answer(sample: Book) -> None:
    told = Talk(sample).ask("월간 보고용으로 필요합니다. 플랫폼팀 인원이 누구인지요.")
    assert told.column("team") == ["플랫폼팀", "플랫폼팀"]
