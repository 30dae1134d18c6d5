# What who has pressed a button of an alert reads, alone; the form that mutes, the window with runs.

alert-gone = 이 알림은 더 이상 없습니다. 지금 있는 알림은 /mlops alerts 로 볼 수 있습니다.
alert-press-barred = 이 알림의 버튼은 { $who }, 담당자, 맡은 사람만 누를 수 있습니다.
alert-press-over = 이미 해결된 알림이라 더 할 일이 없습니다.
alert-press-stale = 그 사이에 알림이 바뀌었습니다. 메시지가 곧 새로 고쳐집니다.
alert-form-refused = 창을 열지 못했습니다. 다시 눌러 주세요.

alert-already-by = { $done } ({ $who })
alert-already-by-at = { $done } ({ $who }, { $at })
alert-already-acknowledge = 이미 확인했습니다
alert-already-unacknowledge = 이미 확인을 취소했습니다
alert-already-snooze = 이미 미뤄 두었습니다
alert-already-wake = 이미 미루기가 끝났습니다
alert-already-assign = 이미 담당을 바꿨습니다
alert-already-mute = 이미 음소거되어 있습니다
alert-already-unmute = 음소거되어 있지 않습니다
alert-already-reopen = 이미 열려 있거나, 같은 알림이 새로 와서 다시 열 수 없습니다
alert-already-resolve = 이미 해결된 알림입니다

alert-assign-nobody = 맡길 사람을 골라 주세요.
alert-assign-stranger = 봇이나 다른 조직의 사람에게는 맡길 수 없습니다. 우리 워크스페이스의 사람을 골라 주세요.
alert-assign-unsure = 고른 사람이 누구인지 Slack에서 확인하지 못했습니다. 잠시 후 다시 골라 주세요.

alert-cause-there = 원인 분석은 이미 이 알림의 스레드에 있습니다.
alert-cause-open = 열기
alert-cause-under-way = 원인을 분석하고 있습니다. 끝나면 스레드에 올립니다.
alert-cause-begun = 원인 분석을 시작했습니다. 끝나면 스레드에 올립니다.

alert-mute-title = 음소거
alert-mute-submit = 음소거
alert-mute-what = 무엇을 음소거할까요?
alert-mute-alert = 이 알림만: { $name }
alert-mute-pipeline = 이 파이프라인: { $name }
alert-mute-project = 프로젝트 전체: { $name }
alert-mute-how-long = 얼마 동안 음소거할까요?
alert-mute-for-hour = 1시간
alert-mute-for-day = 하루
alert-mute-for-good = 해제할 때까지
alert-mute-not-yours = 이 알림은 규칙에 정해진 사람, 담당자, 맡은 사람만 음소거할 수 있습니다.
alert-mute-barred = 프로젝트 전체의 음소거는 관리자나 담당자만 할 수 있습니다. 이 알림이나 파이프라인을 골라 주세요.

alert-runs-title = 관련 실행
alert-runs-loading = 관련 실행을 찾고 있습니다…
alert-runs-none = 관련된 실행이 없습니다.
alert-runs-failed = 카탈로그에서 관련 실행을 읽지 못했습니다. 잠시 후 다시 눌러 주세요.
alert-runs-hidden = 이 실행은 회원님께 보이지 않는 데이터라 관련 실행을 보여 드리지 못합니다.
alert-runs-pipeline = 같은 파이프라인: { $name }
alert-runs-dataset = 같은 데이터셋: { $name }
alert-runs-more = 그 밖에 { $count }건
alert-runs-this = 이 알림의 실행

alert-done-acknowledge = 확인했습니다.
alert-done-unacknowledge = 확인을 취소했습니다.
alert-done-snooze = 미뤄 두었습니다.
alert-done-wake = 미루기를 끝냈습니다.
alert-done-assign = 담당을 바꿨습니다.
alert-done-mute = 음소거했습니다.
alert-done-unmute = 음소거를 풀었습니다.
alert-done-reopen = 다시 열었습니다.
alert-done-resolve = 해결로 표시했습니다.
