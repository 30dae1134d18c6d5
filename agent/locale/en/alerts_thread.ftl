# The lines of an alert's thread, and a cause as it is told there.

alert-line-opened = The alert was opened.
alert-line-fed = Failed again: { $count } times in a row now. ({ $run })
alert-line-acknowledge = Acknowledged by { $who }.
alert-line-unacknowledge = { $who } took the acknowledgement back.
alert-line-snooze = Snoozed by { $who }.
alert-line-snooze-until = Snoozed by { $who } until { $until }.
alert-line-snooze-over = The snooze is over, and it has not recovered yet.
alert-line-wake = { $who } ended the snooze.
alert-line-assign = { $who } assigned this to { $new }.
alert-line-take = { $who } has taken this.
alert-line-mute = Muted by { $who }.
alert-line-mute-until = Muted by { $who } until { $until }.
alert-line-mute-over = The mute is over.
alert-line-unmute = Unmuted by { $who }.
alert-line-again = The failed run is running again.
alert-line-rule-gone = Closed, because its rule is no longer in alerts.yml. Whether it has recovered is not known.
alert-line-resolve = Marked as resolved by { $who }.
alert-line-reopen = Opened again by { $who }.
alert-line-resolved = Recovered.
alert-line-resolved-after = Recovered after { $span }.
alert-line-resolved-by-run = Recovered after { $span }: the run { $run } has succeeded.
alert-line-ended = The run has ended, { $span } after this alert was opened.
alert-line-reminder = Nobody has acknowledged this for { $span }. If it stays so, the next reminder comes { $next }.
alert-line-reminder-last = Nobody has acknowledged this for { $span }. This was the last reminder.
alert-line-escalated = Nobody has acknowledged this for { $span }, so the next in line has been told, too.

cause-try = What to try
cause-by-model = Written by an AI that has read the end of the log. It may be wrong.
cause-by-rules = Found by known patterns of errors.
cause-no-log-read = The log could not be read; this is what the catalogue alone can tell.
cause-shared = Taken from the analysis of { $name }, which failed with the same error.
cause-text = Cause: { $headline }
