# A failed pipeline, as its channel is told.

alert-title = 🔴 파이프라인 실패: { $name }
alert-project = 프로젝트
alert-owner = 담당자
alert-dataset = 데이터셋
alert-gpu = GPU
alert-ran = 시작 → 종료
alert-days = { $count }일
alert-hours = { $count }시간
alert-minutes = { $count }분
alert-at-once = 1분 미만
alert-next-step = 다음 단계: 이 스레드에서 물어보세요.
alert-question = @mlops { $name } 왜 실패했어?
