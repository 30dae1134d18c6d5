# /mlops subscribe, unsubscribe and alerts: what is said of what was asked for.

help-subscribe = Get more alerts: subscribe project:wafer severity>=high [here|me]; alone it lists the subscriptions
help-unsubscribe = Get fewer alerts: unsubscribe project:wafer, or all
help-alerts = Shows the open alerts: alerts [history|log|next|health|test|quiet|digest|mute|unmute|mutes|retry|help]

alerts-usage =
    /mlops alerts: what is open
    /mlops alerts history 20 project:wafer: what was
    /mlops alerts log: what was sent
    /mlops alerts next: when rules look next, and when summaries come
    /mlops alerts health: whether alerting works
    /mlops alerts test RULE: what the rule would send now
    /mlops alerts quiet 22:00-08:00: quiet hours
    /mlops alerts digest 09:00: the day's summary
    /mlops alerts mute pipeline:yolo* 2h, unmute, mutes: mute, lift, list
    /mlops alerts retry: send again what could not be sent

alerts-off = Alerts are not switched on for this bot. ALERT_CHANNEL switches them on.
refusal-alerts-not-admin = This affects other people, so only admins may change it. If you need it, please ask { $who }.
refusal-alerts-digest-of-all = A summary tells of runs that not everybody sees, so only admins may set one up. If you need it, please ask { $who }.

alert-condition-all = all alerts
alert-condition-project = project
alert-condition-pipeline = pipeline
alert-condition-owner = owner
alert-condition-team = team
alert-condition-rule = rule
alert-condition-kind = kind
alert-condition-dataset = dataset
alert-condition-severity = severity
alert-condition-at-least = { $severity } or higher
alert-condition-kind-failed = failed
alert-condition-kind-stuck = stuck
alert-condition-kind-found = found by a rule
alert-condition-kind-reported = reported

alert-misread-bare = I don't know what '{ $word }' is. Please put project:, pipeline:, owner:, team: or the like before it.
alert-misread-unknown-key = There is no condition '{ $word }'. There are project, pipeline, owner, team, rule, kind, dataset and severity.
alert-misread-no-value = There is no value behind '{ $word }'.
alert-misread-unknown-kind = There is no kind '{ $word }'. Please write failed, stuck, found or reported.
alert-misread-unknown-severity = There is no severity '{ $word }'. Please write low, medium, high or critical.
alert-misread-no-severity = No severity is { $word }.
alert-misread-operator = '{ $word }' works for the severity alone. For names please write : (contains) or = (is).
alert-misread-too-many = At most { $word } values can be named at once.
alert-misread-too-long = A value can have { $word } characters at most.
alert-misread-unknown-person = I don't know who { $word } is in the catalogue. Please write a name or an e-mail address.
alert-misread-near = Did you mean { $word }?
alert-misread-example = Please write it like this: { $command } project:wafer severity>=high

alert-subscribed = Subscribed. You will be told { $where }: { $what }
alert-subscribed-already = Subscribed already: { $what }
alert-subscribe-unknown = Nothing in the catalogue is like that yet: { $what }
alert-subscribe-near = Names near to it: { $names }
alert-subscribe-anyway = You are not subscribed. To subscribe all the same: { $command } anyway
alert-subscribe-here = in this channel
alert-subscribe-me = by direct message
alert-unsubscribed = Unsubscribed: { $what }
alert-unsubscribed-all = All { $count } subscriptions that came { $where } are dropped.
alert-unsubscribe-none = There is no such subscription: { $what }
alert-unsubscribe-several = Several subscriptions have that: { $what }. Please pick one below.
alert-unsubscribe-what = Please write what to drop; everything: { $command } all
alert-subscriptions-too-many = There can be { $count } subscriptions in one place. Please drop some first.
alert-subscription-gone = That subscription was dropped already.

alert-quiet-set = From now on { $hours } ({ $zone }) is quiet: what isn't urgent is kept until it ends. To switch it off: { $command } off
alert-quiet-off = Quiet hours are off. Alerts are sent as they come.
alert-quiet-now = Quiet hours here now: { $hours } ({ $zone }), { $source }
alert-quiet-now-rule = Quiet hours of the rule { $rule } now: { $hours } ({ $zone }), { $source }
alert-quiet-now-none = There are no quiet hours here now ({ $source }).
alert-set-in-file = as alerts.yml has it
alert-set-by-command = set by command
alert-quiet-misread = Please write it like this: { $command } 22:00-08:00 Asia/Seoul, or off
alert-zone-unknown = There is no time zone '{ $zone }'. Please write one like Asia/Seoul.
alert-digest-set = The day's summary comes at { $at } every day. To switch it off: { $command } off
alert-digest-off = The day's summary is off.
alert-digest-now = The summary { $name } comes here at { $at } ({ $zone }), { $source }
alert-digest-now-none = No summary comes here now ({ $source }).
alert-digest-instead-set = In this channel it takes the place of the summary in alerts.yml ({ $names }).
alert-digest-instead-off = Nor does the summary in alerts.yml ({ $names }) come to this channel.
alert-digest-misread = Please write it like this: { $command } 09:00, or off
alert-muted-for = Muted until { $until }: { $what }. To lift it: { $command } { $words }
alert-muted-for-good = Muted until lifted: { $what }. To lift it: { $command } { $words }
alert-mute-misread = Please write it like this: { $command } pipeline:yolo* 2h. One of pipeline, project and rule; for how long: 30m, 2h, 1d, forever.
alert-unmute-misread = Please write it like this: { $command } pipeline:yolo*. /mlops alerts mutes shows what is muted.
alert-unmuted = No longer muted: { $what }
alert-unmute-none = There is no such mute: { $what }
alert-retried = { $count } messages that could not be sent are sent again.
alert-retry-none = There is nothing to send again.
alert-test-misread = Please name a rule: { $command } { $rule }. There are: { $rules }
alert-test-coming = Trying the rule '{ $rule }'. You will see it here in a moment.
alert-test-failed = The rule '{ $rule }' could not be tried: { $problem }
alert-history-misread = Please write it like this: { $command } 20 project:wafer

alert-subscriptions-text = { $count } alert subscriptions
alert-subscriptions-mine = Alerts that come to me
alert-subscriptions-here = More alerts that come to this channel
alert-subscriptions-none = There are no subscriptions.
alert-subscriptions-how = To get more: /mlops subscribe project:wafer severity>=high [here|me]
alert-drop = Drop
alert-lift = Unmute
alert-set-by = { $who }, { $at }
alert-mutes-title = { $count } muted
alert-mutes-none = Nothing is muted.
alert-muted-alert = alert { $name }
alert-muted-pipeline = pipeline { $name }
alert-muted-project = project { $name }
alert-muted-rule = rule { $name }
alert-muted-is-good = { $what } (until unmuted)
alert-muted-is-until = { $what } (until { $until })
alert-own = My open alerts
