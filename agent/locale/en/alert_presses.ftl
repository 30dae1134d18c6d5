# What who has pressed a button of an alert reads, alone; the form that mutes, the window with runs.

alert-gone = This alert is no longer there. /mlops alerts shows those that are.
alert-press-barred = Only { $who }, the owner and the assignee may press this alert's buttons.
alert-press-over = This alert is resolved; there is nothing left to do.
alert-press-stale = The alert has changed meanwhile. Its message will show it in a moment.
alert-form-refused = The window did not open. Please press again.

alert-already-by = { $done } ({ $who })
alert-already-by-at = { $done } ({ $who }, { $at })
alert-already-acknowledge = Already acknowledged
alert-already-unacknowledge = The acknowledgement was already taken back
alert-already-snooze = Already snoozed
alert-already-wake = No longer snoozed
alert-already-assign = The assignee was already changed
alert-already-mute = Already muted
alert-already-unmute = Not muted
alert-already-reopen = It is open already, or another alert of the same has come
alert-already-resolve = Already resolved

alert-assign-nobody = Please choose who takes it on.
alert-assign-stranger = A bot, or somebody of another organisation, cannot take it on. Please choose a person of this workspace.
alert-assign-unsure = Slack could not say who that is. Please choose again in a moment.

alert-cause-there = The cause is already in this alert's thread.
alert-cause-open = Open
alert-cause-under-way = The cause is being looked for. It will be posted in the thread.
alert-cause-begun = Looking for the cause. It will be posted in the thread.

alert-mute-title = Mute
alert-mute-submit = Mute
alert-mute-what = What should be muted?
alert-mute-alert = Only this alert: { $name }
alert-mute-pipeline = This pipeline: { $name }
alert-mute-project = The whole project: { $name }
alert-mute-how-long = For how long?
alert-mute-for-hour = 1 hour
alert-mute-for-day = 1 day
alert-mute-for-good = Until it is unmuted
alert-mute-not-yours = Only the people that its rule names, the owner and the assignee may mute this alert.
alert-mute-barred = Only admins and the owner may mute a whole project. Please choose this alert or the pipeline.

alert-runs-title = Related runs
alert-runs-loading = Looking for related runs…
alert-runs-none = There are no related runs.
alert-runs-failed = The related runs could not be read from the catalogue. Please press again in a moment.
alert-runs-hidden = This run is not among the data that you see, so its related runs are not shown.
alert-runs-pipeline = Same pipeline: { $name }
alert-runs-dataset = Same dataset: { $name }
alert-runs-more = { $count } more
alert-runs-this = this alert's run

alert-done-acknowledge = Acknowledged.
alert-done-unacknowledge = The acknowledgement is taken back.
alert-done-snooze = Snoozed.
alert-done-wake = No longer snoozed.
alert-done-assign = The assignee is changed.
alert-done-mute = Muted.
alert-done-unmute = No longer muted.
alert-done-reopen = Opened again.
alert-done-resolve = Marked as resolved.
