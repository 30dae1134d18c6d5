# To admins, about the alerts themselves.

notice-dead = ⚠️ 알림 { $count }건을 { $channel }에 보내지 못했습니다. { $why }
notice-about = 보내지 못한 것: { $about }
notice-retry = 고친 뒤 `/mlops alerts retry`로 다시 보낼 수 있습니다.
notice-why-archived = 보관된 채널입니다. 채널을 되살리거나 alerts.yml에서 다른 채널로 바꿔 주세요.
notice-why-not-in-channel = 제가 그 채널에 없습니다. 채널에서 `/invite @mlops`로 초대해 주세요.
notice-why-not-found = 채널을 찾을 수 없습니다. 비공개 채널이면 먼저 초대해 주시고, 아니면 채널 ID를 확인해 주세요.
notice-why-missing-scope = 앱 권한이 모자랍니다. manifest.yml의 권한으로 앱을 다시 설치해 주세요.
notice-why-no-person = 그 사람이 이 워크스페이스에 없습니다.
notice-why-revoked = 봇 토큰을 더 쓸 수 없습니다. 앱을 다시 설치하고 SLACK_BOT_TOKEN을 바꿔 주세요.
notice-why-other = Slack의 오류 코드: { $code }
notice-standstill = ⚠️ { $what } 작업이 { $span }째 멈춰 있습니다. 마지막으로 된 때는 { $at }입니다.
notice-standstill-ever = ⚠️ { $what } 작업이 시작한 뒤로 한 번도 되지 않았습니다.
notice-error = 마지막 오류: { $error }
notice-health = 자세한 상태는 `/mlops alerts health`에서 볼 수 있습니다.
notice-recovered = ✅ { $what } 작업이 다시 됩니다.
notice-recovered-after = ✅ { $what } 작업이 { $span } 만에 다시 됩니다.
notice-what-scan = 실패 찾기
notice-what-delivery = 알림 보내기
notice-what-digest = 요약 만들기
notice-what-upkeep = 알림 정리
notice-what-causes = 원인 분석
notice-what-store = 저장소
