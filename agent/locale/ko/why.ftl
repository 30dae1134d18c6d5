# How a question was read.


# Headings and words.
why-words-rules = 규칙으로 읽은 과정입니다
why-words-model = 언어 모델이 답한 과정입니다
why-words-none = 답에 이르지 못한 과정입니다
why-words-read = 읽은 질문
why-words-mentions = 읽은 말
why-words-functions = 기능어
why-words-dropped = 쓰지 않은 말
why-words-lost = 모르는 말
why-words-near = 가까운 뜻
why-words-tree = 질의
why-words-joins = 테이블을 잇는 길
why-words-usage = 모델
why-words-steps = 단계
why-words-given-up = 먼저 시도했지만 답하지 못한 질의
why-words-problem = 오류

# What a word was taken for.
why-kinds-table = 테이블
why-kinds-column = 열
why-kinds-value = 값
why-kinds-condition = 조건
why-kinds-part = 이름의 일부
why-kinds-concept = 개념
why-kinds-criterion = 기준
why-kinds-span = 기간
why-kinds-missing = 카탈로그에 없는 정보
why-kinds-word = 기능어
why-kinds-amount = 수
why-kinds-date = 날짜
why-kinds-unknown = 모르는 말

# What a question was read as.
why-intents-query = 조회
why-intents-help = 도움말
why-intents-greeting = 인사
why-intents-thanks = 감사 인사
why-intents-write = 쓰기 요청(거절)
why-intents-outside = 카탈로그 밖의 질문
why-intents-meaning = 낱말의 뜻
why-intents-unclear = 되물음
why-intents-missing = 카탈로그에 없는 정보
why-intents-no-antecedent = 가리키는 것을 찾지 못함

# The query's parts.
why-tree-head = 대상
why-tree-columns = 보여 줄 열
why-tree-filters = 조건
why-tree-either = 이 중 하나
why-tree-present = 딸린 행이 있음
why-tree-absent = 딸린 행이 없음
why-tree-measure = 구하는 것
why-tree-of = 재는 열
why-tree-groups = 묶음
why-tree-counted = 세는 것
why-tree-zero = 0인 묶음도
why-tree-having = 묶음의 개수
why-tree-order = 순서
why-tree-limit = 최대
why-tree-place = 순위
why-tree-concept = 개념
why-tree-criterion = 기준
why-tree-within = 묶음 안에서
why-tree-also = 함께 구하는 것
why-tree-tallied = 개수도
why-tree-grain = 날짜 단위
why-tree-every = 모든 묶음
why-tree-part = 비율의 몫
why-tree-ended = 끝난 것의 비율
why-tree-via = 잇는 키

# The model's part.
why-model = { $model } · 호출 { $completions }회 · 입력 { $read } 토큰(그중 캐시 { $cached }) · 출력 { $written } 토큰
why-rows = { $count }행
why-elsewhere = 이 질문은 { $place }에서 하셨습니다. 거기에서 '/mlops why'를 입력하시면 어떻게 읽었는지 보여 드립니다.
why-elsewhere-direct = 저와의 1:1 대화
