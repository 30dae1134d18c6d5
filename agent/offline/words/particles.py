"""The small Korean words before or behind a mention, named for what they make of it."""

from typing import Final

JOINING: Final = ("와", "과", "랑", "이랑", "하고")
"""Another one is joined to it."""
ALSO: Final = (*JOINING, "도")
"""Others are so, too: "로그도 config도 없는"."""
SUBJECT: Final = ("이", "가")
TOPIC: Final = ("은", "는")
OBJECT: Final = ("을", "를")
OF: Final = ("", "의")
"""What follows is its own: "체크포인트 용량", "체크포인트의 용량"."""
OF_SEVERAL: Final = (*OF, "들", "들의")
TO: Final = ("한테", "에게", "께")
"""Something is given, sent or told to it."""
NOT: Final = ("안", "못")
"""Before a verb: it is not done, or cannot be."""
