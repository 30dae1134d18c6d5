# An alert's own message: what is wrong, whose it is, how it stands, what to do.

alert-title-failed = 파이프라인 실패: { $name }
alert-title-stuck = 너무 오래 실행 중: { $name }
alert-title-found = 확인 필요: { $name }
alert-title-reported = 실패 보고: { $name }
alert-title-well = 복구됨, { $span } 만에: { $name }
alert-title-ended = 실행 끝남, 알림 { $span } 뒤: { $name }
alert-title-ended-badly = 실행이 실패로 끝남, 알림 { $span } 뒤: { $name }
alert-title-closed = 해결로 표시됨, { $span } 만에: { $name }

alert-please = 확인 부탁드립니다:
alert-somebody = 누군가
alert-acknowledged-by = { $who } 님이 확인했습니다 ({ $at }).
alert-assigned-to = 맡은 사람: { $who }
alert-snoozed-until = { $who } 님이 { $until }까지 미뤘습니다.
alert-is-muted = 음소거 중입니다. 다시 실패해도 세기만 하고 알리지 않습니다.
alert-escalated-here = 아무도 확인하지 않아 여기에도 알립니다.
alert-closed-by = { $who } 님이 해결로 표시했습니다 ({ $at }).
alert-well-by = { $run } 실행이 성공했습니다 ({ $at }).
alert-well-at = { $at }에 다시 정상이 되었습니다.
alert-ended-at = { $at }에 실행이 끝났습니다.
alert-ended-as = { $at }에 실행이 끝났습니다. 상태: { $status }
alert-is-gone = 이 실행은 카탈로그에 더 이상 없습니다.

alert-project = 프로젝트
alert-owner = 담당자
alert-dataset = 데이터셋
alert-gpu = GPU
alert-ran = 시작 → 실패
alert-ran-whole = 시작 → 종료
alert-ran-for = { $span } ({ $ran })
alert-running = 실행 시간
alert-slow = 평소 { $usual }, 지금 { $now }째 ({ $start } 시작)
alert-slow-unknown = 지금 { $now }째 ({ $start } 시작)
alert-history = 이력
alert-in-a-row = 연달아 { $count }번
alert-first = 최근 30일 안에 첫 실패
alert-nth = 최근 30일 안에 { $count }번째 실패
alert-earlier = 지난 실행
alert-no-earlier-runs = 비교할 지난 실행이 없습니다
alert-severity = 심각도
alert-severity-low = 낮음
alert-severity-medium = 보통
alert-severity-high = 높음
alert-severity-critical = 매우 높음
alert-last-success = 마지막 성공
alert-never-well = 성공한 기록이 없습니다
alert-took = { $at } ({ $took } 걸림)
alert-took-against = { $at } ({ $took } 걸림, 이번에는 { $now } 만에 실패)
alert-model = 등록된 모델
alert-no-model = 없음

alert-error = 오류
alert-log = 로그
alert-log-not-allowed = 이 위치는 읽기가 허용되지 않아 경로만 보여 드립니다.
alert-log-not-found = 이 위치에 파일이 없습니다.
alert-log-no-extra = 이 저장소를 읽는 모듈이 설치되어 있지 않습니다.
alert-log-too-slow = 제때 읽지 못했습니다.
alert-log-unreadable = 읽지 못했습니다.
alert-log-not-text = 텍스트 파일이 아닙니다.

alert-cause = 원인
alert-next-step = 다음 단계
alert-step-first-error = 위 로그에서 가장 먼저 나온 오류부터 확인하세요. 뒤의 오류는 그 결과일 때가 많습니다.
alert-step-open-log = 위 경로의 로그를 열어 가장 먼저 나온 오류를 확인하세요.
alert-step-no-log = 로그 경로가 등록되어 있지 않습니다. 실행한 곳의 로그를 확인하세요.
alert-step-again = 처음이 아닙니다. 지난 실패와 같은 오류인지 비교해 보세요.
alert-step-changed = 마지막 성공 뒤에 바뀐 코드, 데이터, 설정을 확인하세요.
alert-step-rerun = 일시적인 오류로 보이면 같은 설정으로 한 번만 다시 실행해 보세요.
alert-step-stuck-alive = 로그가 계속 쌓이는지, GPU를 실제로 쓰고 있는지 확인하세요.
alert-step-stuck-stop = 멈춰 있다면 중단하고 마지막 체크포인트부터 이어서 실행하세요.
alert-step-found = 규칙 { $rule }에서 찾은 내용입니다. 카탈로그에서 이 실행의 상태를 확인하세요.

alert-ask = 이 스레드에 댓글로 물어보세요.
alert-ask-failed = 왜 실패했어? | 지난번엔 성공했어? | 체크포인트 남아 있어?
alert-ask-stuck = 언제 시작했어? | 지난번엔 얼마나 걸렸어? | 로그 어디 있어?
alert-ask-found = 지금 상태가 뭐야? | 누구 거야? | 로그 어디 있어?
alert-ask-reported = 왜 실패했어? | 지난번엔 성공했어? | 로그 어디 있어?

alert-reported-by = { $source }에서 보고했습니다.
alert-may-repeat = 이미 올라온 알림일 수 있습니다
alert-goes-on = 앞의 메시지가 없어져 여기서 이어집니다
alert-rule = 규칙 { $rule }
alert-zone = 시각은 { $zone } 기준

alert-button-acknowledge = 확인
alert-button-unacknowledge = 확인 취소
alert-button-snooze-hour = 1시간 미루기
alert-button-snooze-tomorrow = 내일까지 미루기
alert-button-wake = 미루기 취소
alert-button-assign = 담당 바꾸기
alert-button-cause = 원인 분석
alert-button-runs = 관련 실행 보기
alert-button-mute = 음소거…
alert-button-unmute = 음소거 해제
alert-button-reopen = 다시 열기
alert-button-resolve = 해결로 표시
