# What the command line says around an answer.

terminal-hello = MLOps 카탈로그에 대해 물어보세요.
terminal-examples = 예를 들면 이렇게요:
terminal-how-to-quit = 끝내려면 quit, exit 또는 Ctrl-C를 누르세요.
terminal-goodbye = 안녕히 가세요.
terminal-stopped = 멈췄습니다. 다른 질문을 해 주세요.
terminal-rows-left = … 외 { $count }건이 더 있습니다.
terminal-cut = … 결과가 길어 일부만 보여 드렸습니다.
terminal-sql-error = SQL 오류
terminal-no-price = 가격 미상 (price unknown)
terminal-usage = [사용량] { $model } · 입력 { $read } · 출력 { $written } 토큰 · 모델 호출 { $completions }회 · { $price } · { $seconds }초

# What is being done while a turn runs.
doing-thinking = 생각하고 있습니다…
doing-writing = 답변을 쓰고 있습니다…
doing-execute-sql = SQL을 실행하고 있습니다…
doing-find-values = 이름을 찾아보고 있습니다…
doing-describe-tables = 테이블을 살펴보고 있습니다…
doing-tool = 도구를 쓰고 있습니다…

# What catalog.yml lacks.
lint-what = 무엇
lint-where = 어디
lint-details = 자세히
lint-why = 왜 중요한지
lint-why-clash = 한 말이 두 가지를 뜻해 엉뚱한 행이 나올 수 있음
lint-why-stop-word = 문장을 잇는 말로 읽혀 조건이 되지 못함
lint-why-no-word = 이것을 물으면 되묻게 됨
lint-why-dead-value = 물어도 나오는 행이 없음
lint-why-no-synonym = 한 가지로 부를 때만 알아들음
lint-first = 먼저 할 일:
lint-do-clash = '{ $word }' ({ $place }, { $other }): 한쪽에서 이 말을 빼세요.
lint-do-stop-word = '{ $word }' ({ $place }): 문장을 잇는 말이니 다른 말로 바꾸세요.
lint-do-no-word = { $place }: 부르는 말을 적으세요({ $languages }).
lint-do-dead-value = { $place }: 행에 있는 대로 값을 고치거나 지우세요.
lint-do-no-synonym = { $place }: 사람들이 달리 부르는 말을 더하세요({ $languages }).
lint-no-word = 부르는 말 없음
lint-no-synonym = 동의어 없음
lint-clash = 말이 겹침
lint-dead-value = 행에 없는 값
lint-stop-word = 기능어로 읽힘
lint-ko = 한국어
lint-en = 영어
lint-none = 고칠 것이 없습니다.
lint-total = 모두 { $count }건: { $kinds }
lint-to-write = catalog.yml에 적을 내용(빈 곳을 채워서 붙여 넣으세요):
lint-add-ko = 한국어로 부르는 말을 더 적으세요
lint-add-en = 영어로 부르는 말을 더 적으세요

# The words that were taught.
taught-learned = 배운 말
taught-unknown = 이해하지 못한 말
taught-gone = (카탈로그에 없음)
taught-no-meaning = '{ $meaning }': 카탈로그에 없는 뜻입니다. 뜻은 table, table.column, table.column = 값, 또는 수를 담은 열의 조건(table.column >= 0.9)으로 적어 주세요.

# The playground's link.
playground-link = MLOps Bot 놀이터: Slack 없이 이 컴퓨터에서만 실행됩니다. 아래 링크를 브라우저에서 열어 주세요.
playground-fail = 파이프라인 실패시켜 보기
playground-fail-done = { $name } 파이프라인이 실패했습니다. #ml-alerts에서 확인해 주세요.
playground-recover = 실패한 파이프라인 복구하기
playground-recover-done = { $name } 파이프라인을 다시 돌려 완료했습니다. #ml-alerts의 알림이 초록색으로 바뀝니다.
playground-recover-none = 복구할 실패가 없습니다. 먼저 파이프라인을 실패시켜 보세요.
playground-stick = 파이프라인 멈춰 보기
playground-stick-done = { $name } 파이프라인이 며칠째 실행 중입니다. #ml-alerts에서 확인해 주세요.
playground-storm = 한꺼번에 여덟 개 실패시키기
playground-storm-done = { $name } 등 파이프라인 여덟 개가 실패했습니다. #ml-alerts에 요약 하나로 모입니다.
terminal-commands = 그 밖에: /chart 파일.png 또는 /csv 파일.csv는 마지막 답을 저장하고, 숫자는 제안된 질문을 고르고, /quit은 끝냅니다.
terminal-unknown-command = 여기에는 { $command } 명령이 없습니다. /help로 쓸 수 있는 말을 볼 수 있습니다.
