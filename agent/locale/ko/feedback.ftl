# What people think of an answer: the buttons, the form, a word of thanks.

feedback-good = 도움이 됐어요
feedback-good-label = 이 답변이 도움이 됐다고 평가하기
feedback-bad = 아쉬워요
feedback-bad-label = 이 답변이 아쉽다고 평가하고 이유 적기
feedback-form = 답변 평가
feedback-send = 보내기
feedback-why = 무엇이 아쉬웠나요?
feedback-expected = 어떤 답을 기대하셨나요?
feedback-reason-wrong-numbers = 숫자가 틀림
feedback-reason-misunderstood = 질문을 잘못 이해함
feedback-reason-odd-sql = SQL이 이상함
feedback-reason-thin = 설명이 부족함
feedback-reason-slow = 느림
feedback-reason-other = 기타
feedback-thanks-good = 평가해 주셔서 고맙습니다.
feedback-thanks-bad = 의견을 남겨 주셔서 고맙습니다. 답변을 고치는 데 쓰겠습니다.
