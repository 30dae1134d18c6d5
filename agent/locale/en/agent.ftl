# How an answer came about, and why there is none: what the agent itself says to the asker.

model-unreachable = The language model can't be reached right now, so the rule-based engine answered. Simpler wording helps it.
model-refused = The language model gave no usable answer, so the rule-based engine answered. Simpler wording helps it.
answer-cut = The answer was cut off at the model's length limit. A narrower question gets a whole one.
answer-not-saved = This answer could not be saved, so a follow-up won't remember it. Please tell whoever runs the bot.
query-stuck =
    I couldn't look this up: I mended the SQL a few times, but the database would not take it.

    The last reason: `{ $problem }`

    Could you ask again a little more specifically, naming the thing you want to see?

# Whose "my" a question's is.

asker-unknown =
    I don't know who you are in the catalogue, so I can't tell whom you mean by “{ $word }”.

    Tell me the e-mail address that the catalogue has of you, and I'll know from the next question on: `/mlops link EMAIL` in Slack, `--me EMAIL` in the terminal.
asker-without-team =
    The catalogue doesn't say which team you are in, so I can't tell which one you mean by “{ $word }”.

    Please ask again with the name of the team.
attached-names-alone = The rule-based engine cannot read what is attached; it only went by the names in it.
