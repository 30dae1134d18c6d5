# How an answer came about, and why there is none: what the agent itself says to the asker.

model-unreachable = 지금 언어 모델에 연결할 수 없어 규칙 기반 엔진이 답했습니다. 짧고 단순하게 물어보시면 더 잘 답합니다.
model-refused = 언어 모델이 쓸 수 있는 답을 주지 않아 규칙 기반 엔진이 답했습니다. 짧고 단순하게 물어보시면 더 잘 답합니다.
answer-cut = 답변이 모델의 길이 제한에서 끊겼습니다. 범위를 좁혀 물어보시면 끝까지 답할 수 있어요.
answer-not-saved = 이 답변은 저장되지 않아 다음 질문에서 기억하지 못합니다. 봇의 저장소 상태를 관리자에게 알려 주세요.
query-stuck =
    조회에 실패했습니다. SQL을 고쳐 가며 시도했지만 데이터베이스가 받아 주지 않았어요.

    마지막 이유: `{ $problem }`

    질문을 조금 더 구체적으로(테이블이나 항목 이름을 넣어) 다시 물어봐 주시겠어요?

# Whose "my" a question's is.

asker-unknown =
    카탈로그에서 누구신지 찾지 못해 질문의 ‘{ $word }’ 부분을 읽지 못했습니다.

    카탈로그에 등록된 이메일을 알려 주시면 다음 질문부터 알아듣습니다. Slack에서는 `/mlops link 이메일`, 터미널에서는 `--me 이메일`이라고 적어 주세요.
asker-without-team =
    카탈로그에 소속 팀이 적혀 있지 않아 질문의 ‘{ $word }’ 부분을 읽지 못했습니다.

    팀 이름을 넣어 다시 물어봐 주세요.
attached-names-alone = 규칙 기반 엔진은 첨부한 내용을 읽지 못해, 그 안에 나온 이름만 참고했습니다.
