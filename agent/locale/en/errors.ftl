# Why there is no answer, by the code of what went wrong: what happened, and what to do.

error-empty = What would you like to know? Write your question in one sentence.
error-too-long = That question is too long (4,000 characters at most). Please ask again, in short.
error-catalog-unavailable = The MLOps catalogue cannot be read now. Ask again in a while; if it stays so, have the operator check CATALOG_URL.
error-store-unavailable = The bot's own store cannot be reached now. Ask again in a while; if it stays so, have the operator check STORE_URL.
error-model-unavailable = The language model cannot be reached. Ask again in a while; if it stays so, have the operator check its settings.
error-model-refused = The language model gave no usable answer. Please put the question a little differently.
error-turn-deadline = There was no answer within the time limit. Please narrow the question down and ask again.
error-too-many-steps = Many steps led to no answer. Please split the question and ask one part at a time.
error-not-withdrawn = The bot's own store cannot be reached now, so the answer to the deleted question and its record still stand. Have the operator check STORE_URL and remove them.
error-rating-unknown = This answer was taken back or cannot be found, so the rating is not kept. Ask again if you still need it.
error-choice-gone = This answer is gone, and its choices with it. Please write the question yourself.
error-choice-taken = One of these choices was asked already. To ask another one, please write the question yourself.
error-rating-lost = The bot's own store cannot be reached now, so the rating is not kept. Click again in a while; if it stays so, have the operator check STORE_URL.
error-form-refused = The rating is kept, but the form for its reason did not open. To give a reason, click the button again.
error-no-admins = The queries on record are for admins, and there is none yet. Set ADMINS to the Slack user ids (U…) of the admins and restart the bot.
error-audit-misread = Write '/mlops audit', '/mlops audit refused' or '/mlops audit failed 20'; 50 are shown at most.
error-synonyms-no-admins = Words are taught by admins, and there is none yet. Set ADMINS to the Slack user ids (U…) of the admins and restart the bot.
error-why-unknown = There is no question in this channel to explain. Ask one first, or give the turn id that 'Show SQL' tells: '/mlops why TURN'.
error-why-not-kept = How this question was read is not on record. Ask it again, and it will be.
error-interrupted = The bot was restarted and this question was cut off. Please send it again.
error-unexpected = Something unexpected went wrong. Please ask again; if it stays so, give the operator the turn id.
turn-number = turn { $turn }
