# How people want their answers: what there is to set, and what came of it.

preferences-title = 내 답변 설정
preference-set = { $name }: { $value }. 다음 답변부터 적용됩니다.
preference-unchanged = { $name }: { $value }

# Each with what it is for, and its values.
preference-language = 언어
preference-language-for = 답변과 버튼, 안내를 어느 언어로 볼지 정합니다.
preference-language-auto = 질문한 언어
preference-language-ko = 한국어
preference-language-en = English (영어)
preference-length = 길이
preference-length-for = 요약하면 나머지는 '자세히' 버튼으로 볼 수 있습니다.
preference-length-whole = 전체
preference-length-summary = 요약
preference-steps = 단계별 설명
preference-steps-for = 답에 이른 과정을 단계로 풀어서 설명합니다.
preference-steps-on = 켜기
preference-steps-off = 끄기
preference-sql = SQL
preference-sql-for = 버튼을 누르지 않아도 실행한 SQL을 답변에 함께 보여 줍니다.
preference-sql-on = 켜기
preference-sql-off = 끄기
preference-usage = 사용량
preference-usage-for = 답변마다 엔진, 모델, 토큰, 비용, 시간을 한 줄로 보여 줍니다.
preference-usage-on = 켜기
preference-usage-off = 끄기
