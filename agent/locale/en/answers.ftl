# Answers: the headings of their tables, the lines below them, their buttons, and what these bring.

heading-avg = average { $label }
heading-sum = total { $label }
heading-min = lowest { $label }
heading-max = highest { $label }
heading-min-date = earliest { $label }
heading-max-date = latest { $label }
heading-count = count
heading-count-of = { $label } count
heading-hours = hours
heading-days = days
heading-percent = Share (%)
heading-part = Matching
heading-whole = All
heading-place = Rank
heading-percent-of-ended = Share of those that ended (%)
heading-ended = Ended
heading-year = Year
heading-quarter = Quarter
heading-month = Month
heading-week = Week
heading-day = Date

table-caption = Result
table-yes = yes
table-no = no
table-null = “–” stands for no value (NULL).
table-null-why = “–”: { $why }
table-same = Left out, as all rows have the same: { $columns }
table-keys = Left out, as they are only ids: { $columns }
table-columns = { $shown } of { $total } columns are shown.
table-rows = { $shown } of { $total } rows are shown.
table-rows-more = { $shown } rows are shown, of more than { $total }.
table-rest = The CSV below has all of them.
table-rest-details = “Details” below shows the rest.

answer-asked = {" "}asks
answer-no-text = Here is the result.
answer-by-rules = answered by rules
answer-too-long = The answer is too long and ends here. Please narrow the question down.
usage-line = { $model } · { $read } tokens in · { $written } out · { $cost } · { $seconds } s
usage-rules = rule engine · 0 tokens · { $seconds } s
usage-no-price = price unknown

evidence-sql = Show SQL
evidence-csv = CSV
evidence-xlsx = XLSX
evidence-details = Details
evidence-gone = There is no record of that answer any more. Please ask again.
evidence-not-opened = The window did not open. Please press the button again.
evidence-not-yours = People see different parts of the data here, so only whoever asked can see this. You can ask the same question yourself.

sql-title = SQL
sql-loading = Loading…
sql-none = No SQL was run for this answer.
sql-ran = { $place }. { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }
sql-ran-ms = { $place }. { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    } · { $ms } ms
sql-failed = { $place }. Failed: { $problem }
sql-withheld = This SQL reads a private column and is not shown.
sql-cut = The SQL is long; this is its beginning.
sql-more = { $count } more statements were run.
sql-by-rules = Written by the rule engine · no language model was used
sql-by-model = { $model } · { $read } tokens in ({ $cached } cached) · { $written } out

details-taken = It is in the thread already; please look further down.
details-no-rows = The table could not be looked up again.
details-failed = It could not be posted just now. Please ask again in a moment.

export-working = Making the file…
export-taken = The file is in the thread already; it was made just now.
export-private = An answer that only you can see has no place for a file. Please ask in a channel the bot is in, or in your DM with it.
export-refused = The file can't be made: it would hold data that you may not see, or the catalogue has changed.
export-failed = The file can't be made: the query failed or took too long. Please narrow the question down.
export-not-sent = The file could not be uploaded. Please press the button again in a moment.
export-rows = { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }.
export-cut = As much as fits into one file: the first { $rows } rows.
export-sheet = Result
export-about = About
export-question = Question
export-time = Made at
export-row-count = Rows
export-cut-cells = Texts that are too long for a cell of Excel are cut.
help-sql = shows the SQL in your answers (on), or keeps it behind a button (off): sql [on|off]

# The way to an answer of the rules, step by step.
walk-heading = How this was found
walk-read = Read { $words } in the question.
walk-all = Looked at all { $subject }.
walk-picked = Picked the { $subject }.
walk-joined = Joined the data on { $tables } to find the { $subject }.
walk-count = Counted them.
walk-count-by = Counted them by { $by }.
walk-avg = Took the average of { $of }.
walk-median = Took the median of { $of }.
walk-median-by = Took the median of { $of } by { $by }.
walk-avg-by = Took the average of { $of } by { $by }.
walk-sum = Added up { $of }.
walk-sum-by = Added up { $of } by { $by }.
walk-min = Took the lowest { $of }.
walk-min-by = Took the lowest { $of } by { $by }.
walk-max = Took the highest { $of }.
walk-max-by = Took the highest { $of } by { $by }.
walk-share = Held them against all of them for the share.
walk-highest = Put those with the highest { $column } first.
walk-lowest = Put those with the lowest { $column } first.
walk-found = Found { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }.
walk-none = Found no row that fits.
answer-apart = The difference is { $gap }.
