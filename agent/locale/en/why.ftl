# How a question was read.


# Headings and words.
why-words-rules = This is how the rules read it
why-words-model = This is what the model did
why-words-none = This came to no answer
why-words-read = The question as read
why-words-mentions = What each word was taken for
why-words-functions = function words
why-words-dropped = Not used
why-words-lost = Not understood
why-words-near = nearest meanings
why-words-tree = The query
why-words-joins = How the tables are joined
why-words-usage = Model
why-words-steps = Steps
why-words-given-up = Tried before by an engine that gave up
why-words-problem = error

# What a word was taken for.
why-kinds-table = table
why-kinds-column = column
why-kinds-value = value
why-kinds-condition = condition
why-kinds-part = part of a name
why-kinds-concept = concept
why-kinds-criterion = criterion
why-kinds-span = span of time
why-kinds-missing = not in the catalogue
why-kinds-word = function word
why-kinds-amount = number
why-kinds-date = date
why-kinds-unknown = not understood

# What a question was read as.
why-intents-query = look-up
why-intents-help = help
why-intents-greeting = greeting
why-intents-thanks = thanks
why-intents-write = a request to write (refused)
why-intents-outside = not about the catalogue
why-intents-meaning = what a word means
why-intents-unclear = asked back
why-intents-missing = not in the catalogue
why-intents-no-antecedent = nothing it could refer to

# The query's parts.
why-tree-head = rows of
why-tree-columns = columns
why-tree-filters = where
why-tree-either = either
why-tree-present = with rows in
why-tree-absent = without rows in
why-tree-measure = measure
why-tree-of = of
why-tree-groups = grouped by
why-tree-counted = counting
why-tree-zero = empty groups, too
why-tree-having = groups with
why-tree-order = in order of
why-tree-limit = at most
why-tree-place = place
why-tree-concept = concept
why-tree-criterion = criterion
why-tree-within = inside each
why-tree-also = also
why-tree-tallied = with counts
why-tree-grain = part of the date
why-tree-every = every group
why-tree-part = share of
why-tree-ended = share of the ended
why-tree-via = by the keys

# The model's part.
why-model = { $model } · { $completions ->
    [one] 1 completion
   *[other] { $completions } completions
} · { $read } tokens in ({ $cached } cached) · { $written } out
why-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
why-elsewhere = You asked that in { $place }: type '/mlops why' there to see how it was read.
why-elsewhere-direct = our direct conversation
