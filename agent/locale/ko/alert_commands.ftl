# /mlops subscribe, unsubscribe and alerts: what is said of what was asked for.

help-subscribe = 알림을 더 받습니다: subscribe project:웨이퍼 severity>=high [here|me]. 조건 없이 적으면 구독 목록
help-unsubscribe = 받던 알림을 끊습니다: unsubscribe project:웨이퍼 또는 all
help-alerts = 열린 알림을 보여 줍니다: alerts [history|log|next|health|test|quiet|digest|mute|unmute|mutes|retry|help]

alerts-usage =
    /mlops alerts: 열린 알림
    /mlops alerts history 20 project:웨이퍼: 지난 알림
    /mlops alerts log: 보낸 기록
    /mlops alerts next: 다음에 확인하고 보내는 때
    /mlops alerts health: 알림이 잘 돌아가는지
    /mlops alerts test 규칙이름: 이 규칙이 지금 보낼 것
    /mlops alerts quiet 22:00-08:00: 조용한 시간
    /mlops alerts digest 09:00: 하루 요약
    /mlops alerts mute pipeline:yolo* 2h, unmute, mutes: 음소거, 해제, 목록
    /mlops alerts retry: 보내지 못한 것 다시 보내기

alerts-off = 이 봇에는 알림이 켜져 있지 않습니다. ALERT_CHANNEL을 정하면 켜집니다.
refusal-alerts-not-admin = 다른 사람에게도 영향을 주는 설정이라 관리자만 바꿀 수 있습니다. 필요하시면 { $who }에게 요청해 주세요.
refusal-alerts-digest-of-all = 전체 요약에는 볼 수 없는 실행도 들어갈 수 있어 관리자만 설정할 수 있습니다. 필요하시면 { $who }에게 요청해 주세요.

alert-condition-all = 모든 알림
alert-condition-project = 프로젝트
alert-condition-pipeline = 파이프라인
alert-condition-owner = 담당자
alert-condition-team = 팀
alert-condition-rule = 규칙
alert-condition-kind = 종류
alert-condition-dataset = 데이터셋
alert-condition-severity = 심각도
alert-condition-at-least = { $severity } 이상
alert-condition-kind-failed = 실패
alert-condition-kind-stuck = 지연
alert-condition-kind-found = 규칙으로 찾음
alert-condition-kind-reported = 보고됨

alert-misread-bare = '{ $word }'이(가) 무엇인지 모르겠습니다. 앞에 project:, pipeline:, owner:, team: 등을 붙여 주세요.
alert-misread-unknown-key = '{ $word }'(이)라는 조건은 없습니다. project, pipeline, owner, team, rule, kind, dataset, severity를 쓸 수 있습니다.
alert-misread-no-value = '{ $word }' 뒤에 값이 없습니다.
alert-misread-unknown-kind = '{ $word }'(이)라는 종류는 없습니다. failed, stuck, found, reported 중에서 적어 주세요.
alert-misread-unknown-severity = '{ $word }'(이)라는 심각도는 없습니다. low, medium, high, critical 중에서 적어 주세요.
alert-misread-no-severity = '{ $word }'에 맞는 심각도가 없습니다.
alert-misread-operator = '{ $word }'(은)는 심각도에만 쓸 수 있습니다. 이름에는 :(들어 있음)나 =(똑같음)를 써 주세요.
alert-misread-too-many = 값은 한 번에 { $word }개까지 적을 수 있습니다.
alert-misread-too-long = 값은 { $word }자까지 적을 수 있습니다.
alert-misread-unknown-person = { $word }이(가) 카탈로그의 누구인지 모릅니다. 이름이나 이메일로 적어 주세요.
alert-misread-near = 혹시 { $word }?
alert-misread-example = 이렇게 적어 주세요: { $command } project:웨이퍼 severity>=high

alert-subscribed = 구독했습니다. { $where } 알려 드립니다: { $what }
alert-subscribed-already = 이미 구독하고 있습니다: { $what }
alert-subscribe-unknown = 카탈로그에 아직 없습니다: { $what }
alert-subscribe-near = 비슷한 이름: { $names }
alert-subscribe-anyway = 구독하지 않았습니다. 그래도 구독하려면 이렇게 적어 주세요: { $command } 그래도
alert-subscribe-here = 이 채널에
alert-subscribe-me = 다이렉트 메시지로
alert-unsubscribed = 구독을 끊었습니다: { $what }
alert-unsubscribed-all = { $where } 오던 구독 { $count }개를 모두 끊었습니다.
alert-unsubscribe-none = 그런 구독은 없습니다: { $what }
alert-unsubscribe-several = 그 조건이 든 구독이 여럿입니다: { $what }. 아래에서 골라 주세요.
alert-unsubscribe-what = 무엇을 끊을지 적어 주세요. 모두 끊으려면: { $command } all
alert-subscriptions-too-many = 구독은 한 곳에 { $count }개까지 할 수 있습니다. 필요 없는 것을 먼저 끊어 주세요.
alert-subscription-gone = 이미 끊긴 구독입니다.

alert-quiet-set = 이제 { $hours }({ $zone })에는 급하지 않은 알림을 모았다가 끝나면 보냅니다. 끄려면: { $command } off
alert-quiet-off = 조용한 시간을 껐습니다. 알림이 오는 대로 보냅니다.
alert-quiet-now = 지금 여기의 조용한 시간: { $hours }({ $zone }), { $source }
alert-quiet-now-rule = 지금 규칙 { $rule }의 조용한 시간: { $hours }({ $zone }), { $source }
alert-quiet-now-none = 지금 여기에는 조용한 시간이 없습니다 ({ $source }).
alert-set-in-file = alerts.yml대로
alert-set-by-command = 명령으로 정함
alert-quiet-misread = 이렇게 적어 주세요: { $command } 22:00-08:00 Asia/Seoul 또는 off
alert-zone-unknown = '{ $zone }'(이)라는 시간대는 없습니다. Asia/Seoul처럼 적어 주세요.
alert-digest-set = 매일 { $at }에 하루 요약을 보냅니다. 끄려면: { $command } off
alert-digest-off = 하루 요약을 껐습니다.
alert-digest-now = 지금 여기의 하루 요약 { $name }: { $at }({ $zone }), { $source }
alert-digest-now-none = 지금 여기에는 하루 요약이 없습니다 ({ $source }).
alert-digest-instead-set = 이 채널에서는 alerts.yml의 요약({ $names })을 대신합니다.
alert-digest-instead-off = 이 채널에는 alerts.yml의 요약({ $names })도 오지 않습니다.
alert-digest-misread = 이렇게 적어 주세요: { $command } 09:00 또는 off
alert-muted-for = { $until }까지 음소거했습니다: { $what }. 풀려면: { $command } { $words }
alert-muted-for-good = 해제할 때까지 음소거했습니다: { $what }. 풀려면: { $command } { $words }
alert-mute-misread = 이렇게 적어 주세요: { $command } pipeline:yolo* 2h. 대상은 pipeline, project, rule 중 하나, 기간은 30m, 2h, 1d, forever처럼 적습니다.
alert-unmute-misread = 이렇게 적어 주세요: { $command } pipeline:yolo*. 지금 있는 음소거는 /mlops alerts mutes 로 볼 수 있습니다.
alert-unmuted = 음소거를 풀었습니다: { $what }
alert-unmute-none = 그런 음소거는 없습니다: { $what }
alert-retried = 보내지 못한 메시지 { $count }개를 다시 보냅니다.
alert-retry-none = 다시 보낼 메시지가 없습니다.
alert-test-misread = 규칙 이름을 적어 주세요: { $command } { $rule }. 있는 규칙: { $rules }
alert-test-coming = '{ $rule }' 규칙을 시험하고 있습니다. 곧 여기에 보여 드립니다.
alert-test-failed = '{ $rule }' 규칙을 시험하지 못했습니다: { $problem }
alert-history-misread = 이렇게 적어 주세요: { $command } 20 project:웨이퍼

alert-subscriptions-text = 알림 구독 { $count }개
alert-subscriptions-mine = 나에게 오는 알림
alert-subscriptions-here = 이 채널에 더 오는 알림
alert-subscriptions-none = 구독하는 알림이 없습니다.
alert-subscriptions-how = 더 받으려면: /mlops subscribe project:웨이퍼 severity>=high [here|me]
alert-drop = 끊기
alert-lift = 풀기
alert-set-by = { $who }, { $at }
alert-mutes-title = 음소거 { $count }개
alert-mutes-none = 음소거된 것이 없습니다.
alert-muted-alert = 알림 { $name }
alert-muted-pipeline = 파이프라인 { $name }
alert-muted-project = 프로젝트 { $name }
alert-muted-rule = 규칙 { $name }
alert-muted-is-good = { $what } (해제할 때까지)
alert-muted-is-until = { $what } ({ $until }까지)
alert-own = 내가 맡은 열린 알림
