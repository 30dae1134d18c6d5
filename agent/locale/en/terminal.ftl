# What the command line says around an answer.

terminal-hello = Ask about the MLOps catalogue.
terminal-examples = For example:
terminal-how-to-quit = quit, exit or Ctrl-C ends.
terminal-goodbye = Goodbye.
terminal-stopped = Stopped. Ask something else.
terminal-rows-left = { $count ->
    [one] … and 1 more row.
   *[other] … and { $count } more rows.
}
terminal-cut = … the result is cut; there is more.
terminal-sql-error = SQL error
terminal-no-price = price unknown
terminal-usage = [usage] { $model } · { $read } tokens in · { $written } out · { $completions ->
    [one] 1 completion
   *[other] { $completions } completions
} · { $price } · { $seconds } s

# What is being done while a turn runs.
doing-thinking = Thinking…
doing-writing = Writing the answer…
doing-execute-sql = Running SQL…
doing-find-values = Looking the name up…
doing-describe-tables = Reading the tables…
doing-tool = Using a tool…

# What catalog.yml lacks.
lint-what = what
lint-where = where
lint-details = details
lint-why = why it matters
lint-why-clash = one word, two meanings: the wrong rows may come
lint-why-stop-word = swallowed, so that it narrows nothing down
lint-why-no-word = who asks for it is asked back
lint-why-dead-value = whoever asks for it gets no rows
lint-why-no-synonym = only one way to say it is understood
lint-first = To do first:
lint-do-clash = '{ $word }' ({ $place }, { $other }): take the word away from one of them.
lint-do-stop-word = '{ $word }' ({ $place }): find another word; questions are held together by this one.
lint-do-no-word = { $place }: give it a word ({ $languages }).
lint-do-dead-value = { $place }: mend the value as the rows have it, or take it out.
lint-do-no-synonym = { $place }: add what else people call it ({ $languages }).
lint-no-word = no word for it
lint-no-synonym = no synonym
lint-clash = one word, two things
lint-dead-value = value of no row
lint-stop-word = reads as a stop word
lint-ko = Korean
lint-en = English
lint-none = Nothing to mend.
lint-total = { $count } in all: { $kinds }
lint-to-write = To write into catalog.yml, filled in:
lint-add-ko = add Korean words
lint-add-en = add English words

# The words that were taught.
taught-learned = Learnt words
taught-unknown = Words not understood
taught-gone = (gone)
taught-no-meaning = '{ $meaning }' is nothing the catalogue has. A meaning is written as table, table.column, table.column = value, or a bound on a measure: table.column >= 0.9.

# The playground's link.
playground-link = The MLOps Bot playground, without Slack, on this machine only. Open the link in a browser; Ctrl-C ends it.
playground-fail = Make a pipeline fail
playground-fail-done = The pipeline { $name } has failed. Look at #ml-alerts.
playground-recover = Let a failed pipeline recover
playground-recover-done = The pipeline { $name } ran again and is completed. Its alert in #ml-alerts turns green.
playground-recover-none = There is no failure to recover from. Make a pipeline fail first.
playground-stick = Let a pipeline get stuck
playground-stick-done = The pipeline { $name } has been running for days. Look at #ml-alerts.
playground-storm = Let eight fail at once
playground-storm-done = Eight pipelines, { $name } among them, have failed. #ml-alerts gathers them in one summary.
terminal-commands = Also: /chart FILE.png or /csv FILE.csv saves the last answer, a number picks a question that was offered, /quit ends.
terminal-unknown-command = There is no { $command } here. /help tells what can be typed.
