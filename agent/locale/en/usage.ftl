# Tokens and cost.

usage-today = Today
usage-week = This week
usage-month = This month
usage-nothing = nothing spent
usage-others = { $count ->
    [one] 1 other
   *[other] { $count } others
}
usage-rest = { $count } more
usage-figures = { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
} · { $tokens } tokens
usage-unpriced = ({ $count } unpriced)
usage-engines = Answers: { $llm } by the language model, { $offline } by rules
usage-user = User
usage-channel = Channel
usage-model = Model
usage-turns = Questions
usage-tokens = Tokens
usage-cost = Cost
usage-cost-usd = Cost (USD)
usage-by-day = { $measure } by day
usage-ways = More: /mlops usage today, week or month; by user, channel or model; csv for a file; on or off for a line under each answer (here: for the whole channel)
usage-misread = Write it like this: /mlops usage [today|week|month] [by user|channel|model] [csv], or /mlops usage on|off [here]
usage-line-on = From now on each answer tells engine, model, tokens, cost and seconds. To turn it off: /mlops usage off
usage-line-off = Answers no longer tell what they took.
usage-line-on-here = From now on each answer in this channel tells what it took. To turn it off: /mlops usage off here
usage-line-off-here = Answers in this channel no longer tell what they took, but for those who have turned it on for themselves.
usage-here-admins = Only admins can set this for a whole channel. For yourself: /mlops usage on
usage-csv-coming = The CSV will be in your direct messages in a moment.
usage-csv-failed = The CSV could not be sent. Please try again in a while.
usage-csv-title = Usage { $period }
usage-budget-near = { $percent } % of today's budget is spent ({ $spent }). Once it is used up, no questions are taken until midnight.
usage-tokens-spent = { $tokens } tokens
usage-model-rules = rules (no model)
