# Why there is no answer, by the code of what went wrong: what happened, and what to do.

error-empty = 무엇을 알려 드릴까요? 질문을 한 문장으로 적어 주세요.
error-too-long = 질문이 너무 깁니다(최대 4,000자). 알고 싶은 것만 줄여서 다시 물어봐 주세요.
error-catalog-unavailable = 지금 MLOps 카탈로그를 읽을 수 없습니다. 잠시 후 다시 물어보시고, 계속되면 운영자에게 CATALOG_URL 확인을 요청해 주세요.
error-store-unavailable = 지금 대화 기록 저장소를 쓸 수 없어 답하지 못했습니다. 잠시 후 다시 물어보시고, 계속되면 운영자에게 STORE_URL 확인을 요청해 주세요.
error-model-unavailable = 언어 모델에 연결할 수 없습니다. 잠시 후 다시 물어보시고, 계속되면 운영자에게 모델 설정 확인을 요청해 주세요.
error-model-refused = 언어 모델이 쓸 수 있는 답을 주지 않았습니다. 질문을 조금 바꿔서 다시 물어봐 주세요.
error-turn-deadline = 정해진 시간 안에 답을 찾지 못했습니다. 기간이나 대상을 좁혀서 다시 물어봐 주세요.
error-too-many-steps = 여러 번 시도했지만 답에 이르지 못했습니다. 질문을 나누어 하나씩 물어봐 주세요.
error-not-withdrawn = 지금 대화 기록 저장소를 쓸 수 없어, 삭제하신 질문의 답과 기록을 지우지 못했습니다. 지워지지 않은 답은 운영자에게 STORE_URL 확인과 함께 요청해 주세요.
error-rating-unknown = 지워졌거나 찾을 수 없는 답변이라 평가를 남기지 못했습니다. 답이 더 필요하면 다시 물어봐 주세요.
error-choice-gone = 지워졌거나 찾을 수 없는 답변의 선택지입니다. 질문을 직접 적어 주세요.
error-choice-taken = 이미 한 가지를 고른 답변입니다. 다른 선택지도 궁금하시면 질문을 직접 적어 주세요.
error-rating-lost = 지금 봇의 저장소를 쓸 수 없어 평가를 남기지 못했습니다. 잠시 후 다시 눌러 주시고, 계속되면 운영자에게 STORE_URL 확인을 요청해 주세요.
error-form-refused = 평가는 남겼지만 이유를 적는 창을 열지 못했습니다. 이유를 적으시려면 버튼을 한 번 더 눌러 주세요.
error-no-admins = 질의 기록은 관리자만 볼 수 있는데, 아직 관리자가 없습니다. 설정 ADMINS에 관리자의 Slack 사용자 ID(U…)를 적고 봇을 다시 시작해 주세요.
error-audit-misread = '/mlops audit', '/mlops audit refused', '/mlops audit failed 20'처럼 적어 주세요. 한 번에 50건까지 보여 드립니다.
error-synonyms-no-admins = 말을 가르치는 일은 관리자만 할 수 있는데, 아직 관리자가 없습니다. 설정 ADMINS에 관리자의 Slack 사용자 ID(U…)를 적고 봇을 다시 시작해 주세요.
error-why-unknown = 이 채널에서 설명할 질문을 찾지 못했습니다. 먼저 질문하신 뒤 다시 해 보시거나, 'SQL 보기'에 적힌 요청 번호를 '/mlops why 요청번호'처럼 적어 주세요.
error-why-not-kept = 이 질문을 어떻게 읽었는지는 기록에 없습니다. 같은 질문을 다시 하시면 그때부터 볼 수 있습니다.
error-interrupted = 봇이 다시 시작되어 이 질문의 처리가 끊겼습니다. 같은 질문을 다시 보내 주세요.
error-unexpected = 예상하지 못한 문제로 답하지 못했습니다. 다시 물어보시고, 계속되면 운영자에게 요청 번호를 알려 주세요.
turn-number = 요청 번호 { $turn }
