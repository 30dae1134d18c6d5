# An alert's own message: what is wrong, whose it is, how it stands, what to do.

alert-title-failed = Pipeline failed: { $name }
alert-title-stuck = Running too long: { $name }
alert-title-found = Needs a look: { $name }
alert-title-reported = Failure reported: { $name }
alert-title-well = Recovered after { $span }: { $name }
alert-title-ended = Run ended { $span } after the alert: { $name }
alert-title-ended-badly = Run ended in failure { $span } after the alert: { $name }
alert-title-closed = Marked as resolved after { $span }: { $name }

alert-please = Please take a look:
alert-somebody = somebody
alert-acknowledged-by = Acknowledged by { $who } ({ $at }).
alert-assigned-to = Assigned to { $who }
alert-snoozed-until = Snoozed by { $who } until { $until }.
alert-is-muted = Muted. Further failures are counted, and nobody is told.
alert-escalated-here = Told here, too, because nobody has acknowledged it.
alert-closed-by = Marked as resolved by { $who } ({ $at }).
alert-well-by = The run { $run } has succeeded ({ $at }).
alert-well-at = Well again since { $at }.
alert-ended-at = The run ended at { $at }.
alert-ended-as = The run ended at { $at } with the status { $status }.
alert-is-gone = This run is no longer in the catalogue.

alert-project = Project
alert-owner = Owner
alert-dataset = Dataset
alert-gpu = GPU
alert-ran = Started → failed
alert-ran-whole = Started → ended
alert-ran-for = { $span } ({ $ran })
alert-running = Running for
alert-slow = { $now } now, usually { $usual } (started { $start })
alert-slow-unknown = { $now } now (started { $start })
alert-history = History
alert-in-a-row = Failed { $count } times in a row
alert-first = First failure in 30 days
alert-nth = Failure no. { $count } in 30 days
alert-earlier = Earlier runs
alert-no-earlier-runs = None to compare with
alert-severity = Severity
alert-severity-low = Low
alert-severity-medium = Medium
alert-severity-high = High
alert-severity-critical = Critical
alert-last-success = Last success
alert-never-well = None on record
alert-took = { $at } (took { $took })
alert-took-against = { $at } (took { $took }; this time it failed after { $now })
alert-model = Registered model
alert-no-model = None

alert-error = Error
alert-log = Log
alert-log-not-allowed = Logs in this place may not be read; this is the path alone.
alert-log-not-found = There is no file in this place.
alert-log-no-extra = What reads this kind of storage is not installed.
alert-log-too-slow = It could not be read in time.
alert-log-unreadable = It could not be read.
alert-log-not-text = It is no text file.

alert-cause = Cause
alert-next-step = Next steps
alert-step-first-error = Start with the first error in the log above; later ones are often its result.
alert-step-open-log = Open the log at the path above and look for the first error.
alert-step-no-log = No log is registered. Look where the run was started.
alert-step-again = This is not the first time. Compare the error with that of the last failure.
alert-step-changed = Check what has changed since the last success: code, data, settings.
alert-step-rerun = If it looks like a passing error, run it once more with the same settings.
alert-step-stuck-alive = Check whether the log still grows and the GPU is really in use.
alert-step-stuck-stop = If it hangs, stop it and go on from the last checkpoint.
alert-step-found = Found by the rule { $rule }. Look up the state of this run in the catalogue.

alert-ask = Reply in this thread to ask.
alert-ask-failed = Why did it fail? | Did it work last time? | Is the checkpoint still there?
alert-ask-stuck = When did it start? | How long did it take last time? | Where is the log?
alert-ask-found = What is its status now? | Who owns it? | Where is the log?
alert-ask-reported = Why did it fail? | Did it work last time? | Where is the log?

alert-reported-by = Reported by { $source }.
alert-may-repeat = This may be a repeat
alert-goes-on = Continues here, because the earlier message is gone
alert-rule = Rule { $rule }
alert-zone = Times in { $zone }

alert-button-acknowledge = Acknowledge
alert-button-unacknowledge = Undo acknowledge
alert-button-snooze-hour = Snooze 1 hour
alert-button-snooze-tomorrow = Snooze until tomorrow
alert-button-wake = End snooze
alert-button-assign = Reassign
alert-button-cause = Analyse cause
alert-button-runs = Related runs
alert-button-mute = Mute…
alert-button-unmute = Unmute
alert-button-reopen = Reopen
alert-button-resolve = Mark as resolved
