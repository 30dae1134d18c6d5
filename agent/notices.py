"""The agent's own sentences to the asker, in both languages."""

from typing import Final

from db.catalog.meaning import Language

UNREACHABLE: Final[dict[Language, str]] = {
    "ko": "지금 언어 모델에 연결할 수 없어 규칙 기반 엔진이 답했습니다. 짧고 단순하게 물어보시면 더 잘 답합니다.",
    "en": "The language model can't be reached right now, so the rule-based engine answered. Simpler wording helps it.",
}

REFUSED: Final[dict[Language, str]] = {
    "ko": "언어 모델이 쓸 수 있는 답을 주지 않아 규칙 기반 엔진이 답했습니다. 짧고 단순하게 물어보시면 더 잘 답합니다.",
    "en": "The language model gave no usable answer, so the rule-based engine answered. Simpler wording helps it.",
}

CUT: Final[dict[Language, str]] = {
    "ko": "답변이 모델의 길이 제한에서 끊겼습니다. 범위를 좁혀 물어보시면 끝까지 답할 수 있어요.",
    "en": "The answer was cut off at the model's length limit. A narrower question gets a whole one.",
}

NOT_SAVED: Final[dict[Language, str]] = {
    "ko": "이 답변은 저장되지 않아 다음 질문에서 기억하지 못합니다. 봇의 저장소 상태를 관리자에게 알려 주세요.",
    "en": "This answer could not be saved, so a follow-up won't remember it. Please tell whoever runs the bot.",
}

_STUCK: Final[dict[Language, str]] = {
    "ko": (
        "조회에 실패했습니다. SQL을 고쳐 가며 시도했지만 데이터베이스가 받아 주지 않았어요.\n\n"
        "마지막 이유: `{problem}`\n\n"
        "질문을 조금 더 구체적으로(테이블이나 항목 이름을 넣어) 다시 물어봐 주시겠어요?"
    ),
    "en": (
        "I couldn't look this up: I mended the SQL a few times, but the database would not take it.\n\n"
        "The last reason: `{problem}`\n\n"
        "Could you ask again a little more specifically, naming the thing you want to see?"
    ),
}


def stuck(problem: str, language: Language) -> str:
    """What is said when the SQL kept failing; `problem` is the catalogue's own error text."""
    return _STUCK[language].format(problem=problem.replace("`", "'")[:400])
