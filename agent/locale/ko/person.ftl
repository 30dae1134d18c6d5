# Who somebody is in the catalogue: found, linked, or not known.

person-here = 카탈로그에서는 { $name } 님입니다.
person-here-of = 카탈로그에서는 { $team }의 { $name } 님입니다.
person-by-link = 직접 연결한 이메일: { $email }. 연결은 본인 확인이 아니므로 볼 수 있는 범위는 그대로입니다.
person-by-slack = Slack의 이메일: { $email }
person-nobody-link = 직접 연결한 이메일 { $email }에 해당하는 사람이 카탈로그에 없습니다. `{ $command } 이메일`로 다시 연결해 주세요.
person-nobody-slack = Slack의 이메일 { $email }에 해당하는 사람이 카탈로그에 없습니다. `{ $command } 이메일`로 카탈로그의 이메일을 연결해 주세요.
person-nobody = 카탈로그에서 누구신지 알 수 없습니다. `{ $command } 이메일`로 카탈로그의 이메일을 연결해 주세요.

# What comes of linking.
link-done = 연결했습니다. 이제 '내'와 '우리 팀'을 { $name } 님 기준으로 읽습니다. 본인이 아니라면 { $command }로 풀어 주세요.
link-unknown = 카탈로그에서 { $email }에 해당하는 사람 한 명을 찾지 못했습니다. 주소를 확인해 주세요.
link-misread = 카탈로그에 등록된 이메일을 { $command } name@example.com처럼 적어 주세요.
link-no-people = 이 카탈로그에는 사람의 이메일이 없어 연결할 수 없습니다.
link-undone = 연결을 풀었습니다. 이제 Slack의 이메일로 찾습니다.
link-none = 연결된 이메일이 없습니다.
