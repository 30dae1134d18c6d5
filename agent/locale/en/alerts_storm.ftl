# Many alerts told as one.

storm-title-failed = { $count ->
    [one] 1 pipeline failed
   *[other] { $count } pipelines failed
 }
storm-title-stuck = { $count ->
    [one] 1 pipeline is running too long
   *[other] { $count } pipelines are running too long
 }
storm-title-mixed = { $count ->
    [one] 1 alert
   *[other] { $count } alerts
 }
storm-title-well = All recovered: { $count }
storm-title-well-after = All recovered after { $span }: { $count }
storm-open = { $count } open
storm-acknowledged = { $count } acknowledged
storm-snoozed = { $count } snoozed
storm-resolved = { $count } recovered
storm-none = none yet
storm-grows = { $span } · new ones are added here.
storm-closed = { $span }
storm-unknown = not known yet
storm-by-project = By project
storm-by-error = By error
storm-count = { $count }
storm-others = { $count } more
storm-newest = The newest
storm-list-below = The whole list is in the thread
storm-page = { $first }–{ $last } of { $total }
