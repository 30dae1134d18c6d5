"""The exchange every arm has with the model: one query, then an answer in a sentence."""

QUESTION = "A100 GPU를 사용한 파이프라인은 몇 개야?"
SQL = "SELECT id, name, gpu_type, status FROM pipelines WHERE gpu_type = 'A100' ORDER BY finished_at DESC"
ANSWER = (
    "**A100 GPU를 사용한 파이프라인은 3개**이며, 모두 완료(completed) 상태입니다.\n\n"
    "- 세 파이프라인 모두 모델을 등록했습니다.\n- 각 모델의 지표와 산출물도 이어서 조회할 수 있습니다.\n\n"
    "다음 질문 예: 그중 가장 오래 걸린 파이프라인은?"
)
MODEL = "bench-model"
MODEL_DELAY_S = 0.02
AT_ONCE = 64
QUESTIONS = 512
ONE_BY_ONE = 100
