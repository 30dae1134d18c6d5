# /mlops feedback and /mlops examples: what people think of the answers, and the questions kept as examples.

help-opinions = (admins) shows what people think of the answers: feedback [last how many days]
help-examples-kept = (admins) shows the questions with SQL that the model learns from; each can be dropped
opinions-head = Ratings of the last { $days ->
        [one] day
       *[other] { $days } days
    }
opinions-none = Nobody has rated an answer in the last { $days ->
        [one] day
       *[other] { $days } days
    }. People rate with 👍 and 👎, by the buttons under an answer or as reactions.
opinions-sum = 👍 { $good } · 👎 { $bad }
opinions-understood = understood { $mean } of 5 on average
opinions-worst = Questions that went wrong
opinions-good = Good ones to keep as examples
opinions-good-hint = The model is shown an example when somebody asks something like it.
opinions-topic = Topic
opinions-topic-none = (no rows)
opinions-reasons = Why: { $reasons }
opinions-expected = Expected: { $text }
opinions-no-sql = no SQL ran
examples-head = { $count ->
        [one] One example
       *[other] { $count } examples
    } for the model to learn from
examples-none = There are no examples yet. Well-rated questions can be kept as examples from `/mlops feedback`.
examples-unused = While only the rules answer, examples are not used.
examples-more = and { $count } more
examples-by = { $name } · { $date }
example-add = Keep as example
example-drop = Drop the example
example-undo = Undo
example-added = Kept as an example: “{ $question }”
example-dropped = No longer an example: “{ $question }”
example-standing = That is an example already.
example-gone = That example is gone already.
example-unfit = This question cannot be an example: no SQL ran for it, or it was deleted.
example-no-admins = Nobody is an admin, so nobody can see this. Whoever runs the bot can put Slack user ids into the ADMINS setting.
feedback-understanding = How well did it understand the question?
feedback-understanding-hint = 1: not at all, 5: completely
feedback-reacted = Sorry that this answer fell short. If you say what was wrong, it helps to improve the answers.
feedback-tell = Say what was wrong
