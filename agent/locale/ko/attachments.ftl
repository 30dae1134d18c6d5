# Files beside a question, and messages that are asked about.

attached-no-text = ‘{ $name }’ 파일은 텍스트(로그, CSV, JSON 등)가 아니어서 읽지 않았습니다.
attached-too-large = ‘{ $name }’ 파일은 2MB가 넘어 읽지 않았습니다. 필요한 부분만 붙여 넣어 주세요.
attached-elsewhere = ‘{ $name }’ 파일은 Slack에 올린 파일이 아니어서 읽지 않았습니다.
attached-not-given = ‘{ $name }’ 파일을 Slack이 내주지 않아 읽지 못했습니다. 봇에 files:read 권한이 있는지 관리자에게 확인해 주세요.
attached-unreachable = ‘{ $name }’ 파일을 내려받지 못했습니다. 잠시 후 다시 시도해 주세요.
attached-too-many = 파일은 한 번에 { $most }개까지만 읽습니다.
file-question = 첨부한 파일에서 알아야 할 것을 알려 줘
asking-title = 메시지에 대해 묻기
asking-label = 무엇이 궁금한가요?
asking-send = 묻기
asking-hint = 이 메시지의 스레드에서 답해 드립니다.
asking-refused = 질문 창을 열지 못했습니다. 다시 시도해 주세요.
