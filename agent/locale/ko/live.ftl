# What people see while an answer is being made, and when they stop it.

live-status = 답을 찾고 있습니다…
live-loading-read = 질문을 읽고 있습니다…
live-loading-look = 카탈로그를 보고 있습니다…
live-loading-check = 행을 확인하고 있습니다…
live-loading-write = 답을 쓰고 있습니다…

live-plan = 답을 찾는 과정
live-understand = 질문 이해
live-again = 규칙 기반 엔진으로 다시 찾기
live-unavailable = 언어 모델이 답하지 못했습니다.
live-read = 결과 확인
live-write = 답변 작성
live-call = 도구 사용
live-call-execute-sql = SQL 실행
live-call-find-values = 이름 찾기
live-call-describe-tables = 테이블 살펴보기
live-call-make-chart = 차트 그리기
live-mended = { $doing } · 고친 SQL
live-repaired = { $doing } · 오류를 고쳐 다시 실행함
live-rows = { $rows }행
live-rows-more = { $rows }행 이상
live-problem = 오류: { $problem }

live-stopped = 중지했습니다. 이어서 보시려면 다시 물어봐 주세요.
live-stopped-done = 여기까지 했습니다:
live-stop-words = 그만, 그만해, 그만해줘, 중지, 중지해, 중지해줘, 멈춰, 멈춰줘, 취소, 취소해, 취소해줘
