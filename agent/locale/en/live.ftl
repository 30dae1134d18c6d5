# What people see while an answer is being made, and when they stop it.

live-status = is looking for the answer…
live-loading-read = Reading the question…
live-loading-look = Looking through the catalogue…
live-loading-check = Checking the rows…
live-loading-write = Writing the answer…

live-plan = On the way to the answer
live-understand = Understand the question
live-again = Try again with the rules
live-unavailable = The language model gave no answer.
live-read = Read the results
live-write = Write the answer
live-call = Use a tool
live-call-execute-sql = Run SQL
live-call-find-values = Look a name up
live-call-describe-tables = Read the tables
live-call-make-chart = Draw a chart
live-mended = { $doing } · corrected SQL
live-repaired = { $doing } · failed, then corrected
live-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
live-rows-more = { $rows } rows or more
live-problem = Error: { $problem }

live-stopped = Stopped. To go on, please ask again.
live-stopped-done = This much was done:
live-stop-words = stop, stop it, please stop, cancel, abort
