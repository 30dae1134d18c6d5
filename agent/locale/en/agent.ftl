# How an answer came about, and why there is none: what the agent itself says to the asker.

model-unreachable = The language model can't be reached right now, so the rule-based engine answered. Simpler wording helps it.
model-refused = The language model gave no usable answer, so the rule-based engine answered. Simpler wording helps it.
answer-cut = The answer was cut off at the model's length limit. A narrower question gets a whole one.
answer-not-saved = This answer could not be saved, so a follow-up won't remember it. Please tell whoever runs the bot.
query-stuck =
    I couldn't look this up: I mended the SQL a few times, but the database would not take it.

    The last reason: `{ $problem }`

    Could you ask again a little more specifically, naming the thing you want to see?
