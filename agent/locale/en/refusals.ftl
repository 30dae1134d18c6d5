# For whom the bot gives no answer: whom to ask, where to go, when it goes on.

refusal-not-listed = This bot answers the people on its list only. To be put on it, ask { $who }.
refusal-not-external = This bot does not answer people of other workspaces. If you need it, ask { $who }.
refusal-not-here = This bot does not answer in this conversation. Please ask in { $where }. To have it answer here, too, ask { $who }.
refusal-too-many-questions = One person may ask { $limit } questions a minute. Please ask again from { $until } on.
refusal-budget-spent = Today's budget is spent. Asking works again from { $until } on; if it cannot wait, ask { $who }.
refusal-not-admin = The queries on record are for admins. If you need them, ask { $who }.
refusal-opinions-not-admin = What people think of the answers is for admins. If you need it, ask { $who }.
refusal-synonyms-not-admin = Words are taught by admins. If one is missing, ask { $who }.
refusal-somebody = whoever runs this bot
refusal-somewhere = a channel on its list
