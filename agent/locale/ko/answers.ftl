# Answers: the headings of their tables, the lines below them, their buttons, and what these bring.

heading-avg = 평균 { $label }
heading-sum = { $label } 합계
heading-min = 최소 { $label }
heading-max = 최대 { $label }
heading-min-date = 가장 이른 { $label }
heading-max-date = 가장 늦은 { $label }
heading-count = 건수
heading-count-of = { $label } 수
heading-hours = 시간
heading-days = 일
heading-percent = 비율 (%)
heading-part = 해당
heading-whole = 전체
heading-percent-of-ended = 끝난 것 중 비율 (%)
heading-ended = 끝난 것
heading-year = 연도
heading-quarter = 분기
heading-month = 월
heading-week = 주
heading-day = 날짜

table-caption = 조회 결과
table-yes = 예
table-no = 아니요
table-null = “–”는 값이 없다는 뜻입니다(NULL).
table-null-why = “–”: { $why }
table-same = 모든 행이 같은 열은 뺐습니다: { $columns }
table-keys = 번호 열은 뺐습니다: { $columns }
table-columns = 열 { $total }개 중 { $shown }개만 보여 드립니다.
table-rows = { $total }행 중 { $shown }행입니다.
table-rows-more = { $total }행이 넘는 결과 중 { $shown }행입니다.
table-rest = 전체는 아래 CSV로 받으실 수 있어요.
table-rest-details = 나머지는 아래 ‘자세히’로 볼 수 있어요.

answer-asked = 님의 질문
answer-no-text = 조회 결과입니다.
answer-by-rules = 규칙으로 답함
answer-too-long = 답이 너무 길어 여기까지만 보여 드립니다. 범위를 좁혀서 다시 물어봐 주세요.
usage-line = { $model } · 입력 { $read } · 출력 { $written } 토큰 · { $cost } · { $seconds }초
usage-rules = 규칙 엔진 · 토큰 0 · { $seconds }초
usage-no-price = 비용 미상

evidence-sql = SQL 보기
evidence-csv = CSV
evidence-xlsx = XLSX
evidence-details = 자세히
evidence-gone = 그 답변의 기록이 없어 보여 드릴 수 없습니다. 다시 질문해 주세요.
evidence-not-opened = 창을 열지 못했습니다. 버튼을 한 번 더 눌러 주세요.
evidence-not-yours = 사람마다 보이는 데이터가 달라서, 이것은 질문한 분만 볼 수 있습니다. 같은 질문을 직접 해 보세요.

sql-title = SQL
sql-loading = 불러오는 중입니다…
sql-none = 이 답변에는 실행된 SQL이 없습니다.
sql-ran = { $place }. { $rows }행
sql-ran-ms = { $place }. { $rows }행 · { $ms } ms
sql-failed = { $place }. 실패: { $problem }
sql-withheld = 비공개 열을 다루는 SQL이라 보여 드리지 않습니다.
sql-cut = SQL이 길어 앞부분만 보여 드립니다.
sql-more = 그 밖에 { $count }개의 SQL이 더 있습니다.
sql-by-rules = 규칙 엔진이 만든 SQL입니다 · 언어 모델을 쓰지 않았습니다
sql-by-model = { $model } · 입력 { $read } 토큰(캐시 { $cached }) · 출력 { $written } 토큰

details-taken = 이미 스레드에 올려 두었습니다. 스레드의 아래쪽을 봐 주세요.
details-no-rows = 표는 다시 조회하지 못했습니다.
details-failed = 지금은 올리지 못했습니다. 잠시 뒤에 다시 질문해 주세요.

export-working = 파일을 만들고 있습니다…
export-taken = 방금 올린 파일이 스레드에 있습니다.
export-private = 나에게만 보이는 답변에는 파일을 붙일 수 없습니다. 봇이 있는 채널이나 봇과의 DM에서 다시 질문해 주세요.
export-refused = 지금 권한으로는 볼 수 없는 데이터가 들어 있거나 카탈로그가 바뀌어 파일을 만들 수 없습니다.
export-failed = 조회가 오래 걸리거나 실패해서 파일을 만들지 못했습니다. 범위를 좁혀서 다시 질문해 주세요.
export-not-sent = 파일을 올리지 못했습니다. 잠시 뒤에 다시 눌러 주세요.
export-rows = { $rows }행입니다.
export-cut = 파일에 담을 수 있는 만큼만 담았습니다: 앞의 { $rows }행입니다.
export-sheet = 결과
export-about = 정보
export-question = 질문
export-time = 만든 시각
export-row-count = 행 수
export-cut-cells = 엑셀 한 칸에 들어가지 않는 글은 잘라 냈습니다.
help-sql = SQL을 답변에 함께 보여 주거나(on) 버튼 뒤에 둡니다(off): sql [on|off]

# The way to an answer of the rules, step by step.
walk-heading = 이렇게 찾았습니다
walk-read = 질문에서 { JOSA($words, "을/를") } 읽었습니다.
walk-all = { JOSA($subject, "을/를") } 조건 없이 모두 찾아보았습니다.
walk-picked = { JOSA($subject, "을/를") } 골랐습니다.
walk-joined = { $tables } 데이터를 이어서 { JOSA($subject, "을/를") } 골랐습니다.
walk-count = 그 수를 세었습니다.
walk-count-by = { $by }별로 수를 세었습니다.
walk-avg = { $of }의 평균을 냈습니다.
walk-median = { $of }의 중앙값을 구했습니다.
walk-median-by = { $by }별로 { $of }의 중앙값을 구했습니다.
walk-avg-by = { $by }별로 { $of }의 평균을 냈습니다.
walk-sum = { JOSA($of, "을/를") } 모두 더했습니다.
walk-sum-by = { $by }별로 { JOSA($of, "을/를") } 더했습니다.
walk-min = { $of }의 가장 작은 값을 찾았습니다.
walk-min-by = { $by }별로 { $of }의 가장 작은 값을 찾았습니다.
walk-max = { $of }의 가장 큰 값을 찾았습니다.
walk-max-by = { $by }별로 { $of }의 가장 큰 값을 찾았습니다.
walk-share = 전체와 견주어 비율을 냈습니다.
walk-highest = { JOSA($column, "이/가") } 큰 것부터 늘어놓았습니다.
walk-lowest = { JOSA($column, "이/가") } 작은 것부터 늘어놓았습니다.
walk-found = 결과는 { $rows }행입니다.
walk-none = 맞는 행이 없었습니다.
answer-apart = 차이는 { $gap }입니다.
