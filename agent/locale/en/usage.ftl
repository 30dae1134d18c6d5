# Tokens and cost.

usage-today = Today
usage-month = This month
usage-nothing = nothing spent
usage-others = { $count ->
    [one] 1 other
   *[other] { $count } others
}
usage-figures = { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
} · { $tokens } tokens
usage-unpriced = ({ $count } unpriced)
