# The line over an answer's choices.

choices-asked-back = Which one do you mean?
choices-the-one = Did you mean to ask this?
choices-next = You could ask next
