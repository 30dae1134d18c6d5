# Why a pipeline failed: a headline, and what to try.

cause-unknown = 로그에서 알려진 원인을 찾지 못했습니다. 오류를 말하는 마지막 줄은 아래와 같습니다.
