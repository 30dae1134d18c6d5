# The line over an answer's choices.

choices-asked-back = 어느 것을 말씀하시나요?
choices-the-one = 혹시 이렇게 물어보시려던 건가요?
choices-next = 이어서 이렇게 물어보실 수 있어요
