# The words of /mlops: what each does in a line, and what the short ones say.

help-ask = 질문에 답합니다. ask라는 말은 없어도 됩니다
help-audit = (관리자) 최근 SQL 질의 기록을 보여 줍니다: audit [refused|failed] [건수]
help-help = 이 도움말을 보여 줍니다
help-synonyms = (관리자) 봇이 이해하지 못한 말을 보여 주고 뜻을 가르칩니다
help-usage = 오늘과 이번 달의 토큰과 비용을 보여 줍니다
help-whoami = 봇이 나를 누구로 알고 있는지, 무엇을 볼 수 있는지 보여 줍니다
help-why = 마지막 질문을 어떻게 읽었는지 보여 줍니다: why [요청 번호]
help-link = 카탈로그의 이메일로 나를 연결합니다: link 이메일
help-unlink = 연결한 이메일을 풉니다
help-settings = 답변 설정을 보여 주고 바꿉니다
help-language = 답변 언어를 정합니다: language auto|ko|en
help-length = 답변 길이를 정합니다: length whole|summary
help-steps = 단계별 설명을 켜고 끕니다: steps on|off

# What is said where a word is meant.
help-examples = 물어볼 수 있는 것
no-such-word = '{ $text }'은(는) 없는 명령입니다. 혹시 { $command }? 질문이라면 한 문장으로 적어 주세요.
