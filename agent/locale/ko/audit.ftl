# The queries on record, as admins see them.

audit-none = 남은 질의 기록이 없습니다.
audit-title = 최근 질의 { $count }건
audit-at = 시각
audit-who = 누가
audit-where = 어디서
audit-verdict = 결과
audit-rows = 행
audit-ran = 실행
audit-refused = 거부
audit-failed = 실패
audit-timeout = 시간 초과
