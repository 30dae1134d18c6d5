# The Home tab.

home-hello = MLOps 카탈로그에 대해 무엇이든 물어보세요.
home-refresh = 새로 고침
home-count = { $count }건
home-more = 자세히 묻기
home-none = 해당하는 것이 없습니다.
home-others = 그 밖에 { $count }건
home-recent = 최근에 하신 질문
home-examples = 이렇게 물어보세요
home-again = 다시 묻기
home-ask = 물어보기
home-news = 새로워진 점
home-news-list = 
    질문하면 진행 상황이 바로 보이고, 답은 표와 차트로 나옵니다. 표는 CSV와 XLSX로 내려받을 수 있습니다.
    '내 프로젝트', '우리 팀 모델'처럼 물어보면 누구신지 알고 답합니다.
    언어, 길이, 단계별 설명, SQL, 사용량 표시를 여기에서 정할 수 있습니다.
