# How people want their answers: what there is to set, and what came of it.

preferences-title = How I answer you
preference-set = { $name }: { $value }. It holds from the next answer on.
preference-unchanged = { $name }: { $value }

# Each with what it is for, and its values.
preference-language = Language
preference-language-for = The language of answers, buttons and notes.
preference-language-auto = The one I ask in
preference-language-ko = 한국어 (Korean)
preference-language-en = English
preference-length = Length
preference-length-for = A summary keeps the rest behind a button, “Details”.
preference-length-whole = The whole answer
preference-length-summary = A summary
preference-steps = Step by step
preference-steps-for = Tells the way to an answer in steps.
preference-steps-on = On
preference-steps-off = Off
preference-sql = SQL
preference-sql-for = Shows the SQL that ran in the answer, not only behind its button.
preference-sql-on = On
preference-sql-off = Off
preference-usage = Usage
preference-usage-for = A line with engine, model, tokens, cost and seconds below each answer.
preference-usage-on = On
preference-usage-off = Off
