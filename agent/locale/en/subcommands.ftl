# The words of /mlops: what each does in a line, and what the short ones say.

help-ask = answers a question; the word itself may be left out
help-audit = (admins) shows the last SQL queries: audit [refused|failed] [how many]
help-help = shows this help
help-synonyms = (admins) shows the words it did not understand, to be taught
help-usage = shows tokens and cost of today and of this month
help-whoami = shows who the bot thinks you are, and what you may see
help-why = shows how your last question was read: why [turn id]
help-link = says who you are in the catalogue: link EMAIL
help-unlink = undoes that link
help-settings = shows how you want your answers, and changes it
help-language = sets the language of answers: language auto|ko|en
help-length = sets their length: length whole|summary
help-steps = tells the way to answers step by step: steps on|off

# What is said where a word is meant.
help-examples = For example
no-such-word = There is no '{ $text }'. Did you mean { $command }? If it is a question, write a sentence.
