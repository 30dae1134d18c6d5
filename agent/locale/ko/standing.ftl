# What the bot takes somebody for, and what they see of the catalogue.

standing-no-policy = 이 봇에는 권한 정책(POLICY)이 없어 모두가 같은 데이터를 봅니다.
standing-email-unknown = 지금 Slack에서 이메일을 확인하지 못해 { $tables }의 행을 보여 드리지 못했습니다. 잠시 후 다시 물어보시고, 계속되면 운영자에게 알려 주세요.
standing-team-unknown = 소속 팀을 알 수 없어 { $tables }의 행을 보여 드리지 못했습니다. 카탈로그에 팀이 맞게 등록되어 있는지 운영자에게 확인을 요청해 주세요.
standing-unknown = 알 수 없음
standing-none = 없음
standing-email = 이메일: { $value }
standing-roles = 역할: { $value }
standing-team = 팀: { $value }
standing-opened = 볼 수 있는 비공개 열: { $value }
standing-limited = 일부 행만 보이는 테이블: { $value }
standing-blind = 행이 안 보이는 테이블: { $value }
