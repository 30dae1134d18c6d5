# Words that stand in many places.

close = 닫기
question-taken = 질문을 받았습니다. 곧 답해 드릴게요.
bot-name = MLOps Bot
