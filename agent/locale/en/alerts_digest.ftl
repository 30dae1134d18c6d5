# A summary of the day.

digest-title = Summary of { $day }
digest-title-project = Summary of { $day }: { $project }
digest-period = { $span }
digest-quiet = No run failed and none takes too long. Have a good day.
digest-opened = New failures
digest-resolved = Recovered
digest-still-open = Still open
digest-done = Completed
digest-failed = Failed
digest-runs = Runs
digest-models = New in production
digest-cost = Cost of the bot
digest-count = { $count }
digest-at-least = { $count } or more
digest-no-cost = None
digest-cost-priced = { $usd } ({ $answers ->
    [one] 1 answer
   *[other] { $answers } answers
 }, { $tokens } tokens)
digest-cost-tokens = { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
 }, { $tokens } tokens
digest-failures = Failed and recovered
digest-long-runs = Running too long
digest-new-models = New models in production
digest-others = { $count } more
digest-open = open for { $span }
digest-acknowledged = acknowledged, { $span } by now
digest-snoozed = snoozed, { $span } by now
digest-resolved-after = recovered after { $span }
digest-long = { $now } now
digest-long-usual = { $now } now, usually { $usual }
digest-project = Project
digest-chart = Runs that ended in the last { $count } days
digest-delayed = The bot was not running: this is the summary of { $at }, told late
digest-unknown-runs = Completed runs cannot be looked up just now
digest-unknown-models = New models cannot be looked up just now
digest-unknown-days = The days cannot be looked up just now
