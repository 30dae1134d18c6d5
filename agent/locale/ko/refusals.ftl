# For whom the bot gives no answer: whom to ask, where to go, when it goes on.

refusal-not-listed = 이 봇은 목록에 있는 사람에게만 답합니다. 쓰시려면 { $who }에게 추가를 요청해 주세요.
refusal-not-external = 이 봇은 다른 워크스페이스의 질문에는 답하지 않습니다. 필요하시면 { $who }에게 문의해 주세요.
refusal-not-here = 이 대화에서는 답하지 않습니다. { $where }에서 물어봐 주세요. 여기에서도 쓰시려면 { $who }에게 요청해 주세요.
refusal-too-many-questions = 한 사람이 1분에 할 수 있는 질문은 { $limit }개입니다. { $until }부터 다시 물어봐 주세요.
refusal-budget-spent = 오늘 쓸 수 있는 예산을 모두 썼습니다. { $until }부터 다시 물어볼 수 있고, 급하면 { $who }에게 문의해 주세요.
refusal-not-admin = 질의 기록은 관리자만 볼 수 있습니다. 필요하시면 { $who }에게 요청해 주세요.
refusal-opinions-not-admin = 답변 평가는 관리자만 볼 수 있습니다. 필요하시면 { $who }에게 요청해 주세요.
refusal-synonyms-not-admin = 말을 가르치는 일은 관리자만 할 수 있습니다. 필요하시면 { $who }에게 요청해 주세요.
refusal-somebody = 봇 운영자
refusal-somewhere = 허용된 채널
