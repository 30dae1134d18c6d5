# The lines of an alert's thread, and a cause as it is told there.

alert-line-opened = 알림이 열렸습니다.
alert-line-fed = 다시 실패했습니다. 연달아 { $count }번째입니다. ({ $run })
alert-line-acknowledge = { $who } 님이 확인했습니다.
alert-line-unacknowledge = { $who } 님이 확인을 취소했습니다.
alert-line-snooze = { $who } 님이 나중으로 미뤘습니다.
alert-line-snooze-until = { $who } 님이 { $until }까지 미뤘습니다.
alert-line-snooze-over = 미뤄 둔 시간이 지났습니다. 아직 복구되지 않았습니다.
alert-line-wake = { $who } 님이 미루기를 취소했습니다.
alert-line-assign = { $who } 님이 { $new } 님에게 맡겼습니다.
alert-line-take = { $who } 님이 맡았습니다.
alert-line-mute = { $who } 님이 음소거했습니다.
alert-line-mute-until = { $who } 님이 { $until }까지 음소거했습니다.
alert-line-mute-over = 음소거 기간이 끝났습니다.
alert-line-unmute = { $who } 님이 음소거를 해제했습니다.
alert-line-again = 실패한 실행이 다시 실행 중입니다.
alert-line-rule-gone = 이 알림의 규칙이 alerts.yml에 더는 없어서 닫았습니다. 복구되었는지는 알 수 없습니다.
alert-line-resolve = { $who } 님이 해결로 표시했습니다.
alert-line-reopen = { $who } 님이 다시 열었습니다.
alert-line-resolved = 복구되었습니다.
alert-line-resolved-after = { $span } 만에 복구되었습니다.
alert-line-resolved-by-run = { $span } 만에 복구되었습니다. { $run } 실행이 성공했습니다.
alert-line-ended = 실행이 끝났습니다. 알림이 열린 지 { $span } 만입니다.
alert-line-reminder = { $span }째 아무도 확인하지 않았습니다. 그대로면 { $next }에 다시 알려 드립니다.
alert-line-reminder-last = { $span }째 아무도 확인하지 않았습니다. 이 알림은 더 반복하지 않습니다.
alert-line-escalated = { $span } 동안 확인한 사람이 없어 다음 담당자에게도 알렸습니다.

cause-try = 이렇게 해 보세요
cause-by-model = AI가 로그의 마지막 부분을 읽고 쓴 분석입니다. 틀릴 수 있습니다.
cause-by-rules = 알려진 오류 패턴으로 찾은 결과입니다.
cause-no-log-read = 로그를 읽지 못해 카탈로그에 있는 내용만으로 썼습니다.
cause-shared = { $name }에서 난 같은 오류를 분석한 내용입니다.
cause-text = 원인 분석: { $headline }
