"""Korean spelt as it sounds is read as it is meant; words of their own are left as they are."""

from datetime import date

import pytest

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.by_ear import EAR, SWAPPED, by_ear, slipped, twice
from agent.offline.words.mending.mend import mend
from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Book, Talk

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("차자줘", "찾아줘"),
        ("가치", "같이"),
        ("조을까", "좋을까"),
        ("만아", "많아"),
        ("시자칸", "시작한"),
        ("함니다", "합니다"),
        ("노픈", "높은"),
        ("업써", "없어"),
        ("게수", "개수"),
        ("궁그매요", "궁금해요"),
        ("껀", "건"),
    ],
)
def test_a_word_is_found_by_its_sound(typed: str, meant: str) -> None:
    assert dict(by_ear(typed))[meant] == EAR


def test_two_syllables_may_have_changed_places() -> None:
    assert dict(by_ear("로프젝트"))["프로젝트"] == SWAPPED
    assert "가나" not in dict(by_ear("나가"))


def test_a_word_may_be_spelt_by_ear_twice_but_no_long_one() -> None:
    assert "재학습" in dict(twice("제학씁"))
    assert not list(twice("파이프라이니다"))


def test_what_is_no_whole_syllable_has_no_sound() -> None:
    assert not list(by_ear("ㅈ금"))
    assert not list(by_ear("run"))
    assert not list(by_ear(""))


def test_each_form_comes_once_and_never_the_word_itself() -> None:
    forms = [form for form, _ in slipped("만이")]
    assert len(forms) == len(set(forms))
    assert "만이" not in forms


@pytest.fixture(scope="module")
def lexicon(sample: Book) -> Lexicon:
    return Lexicon(sample.semantics, sample.values)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("로그 파일 총 몆개 남아 잇냐", "로그 파일 총 몇개 남아 있냐"),
        ("학습시간 가장 길엇던게 뭐야", "학습시간 가장 길었던게 뭐야"),
        ("recall보다 노픈 모델", "recall보다 높은 모델"),
        ("10월에 시자칸 파이프라인", "10월에 시작한 파이프라인"),
        ("체크포인트만 새어봐 몇개", "체크포인트만 세어봐 몇개"),
        ("로프젝트 목록", "프로젝트 목록"),
        ("11월 초애 시작한 학습", "11월 초에 시작한 학습"),
        ("프로잭트 이름", "프로젝트 이름"),
        ("GPU 제일 만이 쓴 팀", "GPU 제일 많이 쓴 팀"),
        ("재현율 0.9 안 돼는 모델", "재현율 0.9 안 되는 모델"),
        ("실패한 거 이써?", "실패한 거 있어?"),
        ("로그 업는 파이프라인", "로그 없는 파이프라인"),
        ("등록 않된 파이프라인", "등록 안 된 파이프라인"),
        ("최근 두 달 안애 등록된 모델", "최근 두 달 안에 등록된 모델"),
        ("재현율 낫은 순", "재현율 낮은 순"),
        ("T4로 돌련는데 실패한 거", "T4로 돌렸는데 실패한 거"),
        ("T4 돌힌 거 중에", "T4 돌린 거 중에"),
        ("1GB도 안 디는 데이터셋", "1GB도 안 되는 데이터셋"),
        ("완료된 거 잘고 나머지만", "완료된 거 말고 나머지만"),
    ],
)
def test_what_is_spelt_by_ear_is_read_as_it_is_meant(lexicon: Lexicon, question: str, meant: str) -> None:
    assert mend(clean(question), lexicon, TODAY).text == mend(clean(meant), lexicon, TODAY).text


@pytest.mark.parametrize(
    "question",
    [
        "배치 처리 권장하는 모델",
        "디스크 자리가 없는데 모델 목록",
        "정은하 프로젝트 보여줘",
        "장애 난 파이프라인",
        "지금 돌긴 하는 학습",
        "프로젝트를 제일 많이 떠안고 있는 사람",
        "업데이트된 모델",
        "기록이 남지 않은 모델",
        "'이써'가 적힌 모델",
    ],
)
def test_words_of_their_own_are_not_mended(lexicon: Lexicon, question: str) -> None:
    found = mend(clean(question), lexicon, TODAY)
    assert not [one for one in found.corrections if not one.spelled]


def test_what_it_was_read_as_is_said(talk: Talk) -> None:
    told = talk.ask("배노포트에 재학습 얘기 나오는 모델 차자줘")
    assert told.column("name") == ["intent-kobert"]
    assert "'배노포트'" in told.text


def test_a_word_is_hardly_a_slip_of_a_short_one_for_what_there_is_not(talk: Talk) -> None:
    told = talk.ask("실패한 학습 비욜이 몇 프로야")
    assert not told.sql
    assert "'비욜'" in told.text
    assert "비용" not in told.text
