# Tokens and cost.

usage-today = 오늘
usage-month = 이번 달
usage-nothing = 사용 없음
usage-others = 그 밖의 { $count }명
usage-figures = 질문 { $turns }건 · { $tokens } 토큰
usage-unpriced = (가격 미상 { $count }건)
