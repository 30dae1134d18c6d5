"""Which replies below an alert are taken as questions, and which are what people say to one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import LONGEST, reads_as_question

ASKED = """
왜 실패했어?
왜?
왜 죽은거지?
어쩌다 죽었대
같은 프로젝트에서 완료된 건 뭐가 있어
체크포인트 남아 있어?
체크포인트 남아있나
지난번엔 성공했어?
로그 어디 있어?
로그 어딨어
누구 거야?
담당자 연락처는?
담당자 누구임
모델 나왔어?
얼마나 돌았어?
언제부터 실패했어
몇 번째 실패야?
다시 돌리면 될까?
로그 경로 좀 알려줘
로그 보여줘
이거 전에도 실패한 적 있나요
제가 볼게요. 근데 로그 어디 있어요?
로그 좀
체크포인트는
why did it fail?
why
is the checkpoint still there?
log?
who owns this
which other runs use that dataset
can I just rerun it?
how long did it run
show me the log path
could you show me the last successful run?
did it work last time
any model registered from it?
왜 실패했는지 알려줘
어떤 GPU 썼어
이 데이터셋으로 성공한 적 있음?
이거 몇시간 돌다 죽은 거야?
데이터셋 뭐 썼지
마지막으로 성공한 게 언제야
에러 로그 위치 알려주세요
체크포인트 경로좀요
그 프로젝트 최근 실패 목록 보여줘
이 GPU 쓰는 다른 것도 실패했어?
영향받는 모델 있나요?
혹시 모델은 등록됐나요
몇 시에 시작했어요?
얘 f1 얼마였어
누구 담당이에요?
GPU별로
팀별로는?
그럼 데이터셋별로 나눠줘
프로젝트별 건수
by GPU
and per team
by dataset and framework
언제 시작했는데
실패 원인이 뭔가요
비슷한 실패 또 있었어?
다른 파이프라인은 괜찮아?
지난번엔 얼마나 걸렸었죠
설정 파일 남아있어?
프레임워크가 뭐였더라
아티팩트 목록 뽑아줘
where's the log?
what went wrong
who ran it?
has this failed before?
when was the last success?
list the artifacts
what gpu was it on
any other failures today
how many times has this failed
is there a checkpoint we can resume from?
did anything else on this gpu fail?
tell me the owner's email
whats the dataset
which model is affected
give me the path of the checkpoint
""".strip().splitlines()

SAID = """
제가 볼게요
by tomorrow
by Monday
by accident
개별로
건별로 제가 확인할게요
특별히
넵
ㅇㅋ
on it
확인했습니다
아 이거 제가 어제 설정 바꿔서 그래요
민준님 이거 보셨어요?
누가 좀 봐주실 수 있나요?
다시 돌려볼까요?
제가 다시 돌릴까요?
헐
진짜?
또?
또 실패네요
왜 실패했는지 볼게요
왜 죽었는지 모르겠네
누가 설정 바꿨나 봐요
<@U1> 로그 어디 있어요?
확인 부탁드려요
지금 보고 있습니다
감사합니다!
ㅠㅠ
👀
I'll take a look
looking
thanks!
should we roll back?
can you take a look, Minjun?
anyone on this?
really?
what?
lol again
it's the same OOM as yesterday
when it restarts I'll check the batch size
this is why we need more memory
who's looking at this?
fixed, rerunning now
디스크 꽉 찬 듯
로그 보니 OOM이네요
점심 뭐 드실래요?
이따 회의 때 얘기하시죠
내가 할까?
https://grafana.example/d/abc?x=1
how about we cut the batch size?
아시는 분 계신가요?
제가 확인해볼게요
넵 확인하겠습니다
아하
앗 죄송합니다
OOM 난 것 같아요
어제도 이랬는데
이거 제가 돌린 거예요
배치 줄여서 다시 돌렸어요
일단 노드 재부팅했습니다
서연님 시간 되실 때 한번 봐주세요
다들 이 알림 받으셨나요?
혹시 지금 클러스터 점검 중인가요 @here
도현님이 보고 계세요
이건 제 담당 아니에요
네 맞아요
수고하셨습니다~
ㄱㄱ
+1
오 빠르시네요 ㅋㅋ
왜 하필 금요일에...
뭐가 문제인지 찾았어요
어쩌다가 이렇게 됐는지 볼게요
어디서 터지는지 알 것 같아요
누가 먼저 볼래요?
같이 보실까요?
저녁에 다시 돌릴게요
my bad, wrong dataset
I think it's the driver
taking this one
ack
will fix in the morning
can someone restart the node?
did you change the batch size?
what a mess
no idea why
let's wait for the next run
are you sure?
who wants to take it?
thanks, that helped
same here
probably preempted again
lgtm
how are you going to fix it?
could you ping the infra team?
""".strip().splitlines()

asked, said = st.sampled_from(ASKED), st.sampled_from(SAID)


@pytest.mark.parametrize("line", ASKED)
def test_what_the_bot_can_answer_is_taken(line: str) -> None:
    assert reads_as_question(line)


@pytest.mark.parametrize("line", SAID)
def test_what_people_say_to_one_another_is_left_alone(line: str) -> None:
    assert not reads_as_question(line)


@given(st.text(max_size=700))
def test_any_text_is_either_taken_or_not(text: str) -> None:
    assert reads_as_question(text) in (True, False)


@given(asked, st.sampled_from(["  ", "\n", " 😢", " :cry:", " ㅠㅠ", "!!", "~"]), st.booleans())
def test_what_stands_around_a_question_makes_it_no_other(line: str, around: str, is_ahead: bool) -> None:
    is_word = bool(around.strip("!~ \n"))
    assert reads_as_question(around + line if is_ahead and is_word else line + around)


@given(said, asked)
def test_a_question_behind_a_remark_is_taken(remark: str, question: str) -> None:
    is_to_somebody = "<" in remark or "@" in remark or "님" in remark
    assert reads_as_question(f"{remark}\n{question}") is not is_to_somebody


@given(said, said)
def test_two_remarks_are_no_question(one: str, other: str) -> None:
    assert not reads_as_question(f"{one}\n{other}")


@given(asked)
def test_what_names_somebody_else_is_for_them(line: str) -> None:
    assert not reads_as_question(f"<@U0KIM> {line}")
    assert not reads_as_question(f"{line} <!here>")
    assert not reads_as_question(f"민준님, {line}")


@given(asked)
def test_code_and_quotations_ask_nothing(line: str) -> None:
    assert not reads_as_question(f"```{line}```")
    assert not reads_as_question(f"&gt; {line}")


@given(asked)
def test_a_long_report_asks_nothing(line: str) -> None:
    assert not reads_as_question("로그 붙입니다. " * (LONGEST // 8) + line)
