# Charts: their titles and axes, what they show in words, and why there is none.

chart-none = 없음
chart-by = { $by }별 { $what }
chart-by-two = { $by }·{ $then }별 { $what }
chart-against = { $x }에 따른 { $y }
chart-plane = { $by }별 정밀도와 재현율
chart-runs = { $of }별 실행 기간
chart-share = { $what } 비율

chart-kind-bar = 막대그래프
chart-kind-grouped-bar = 묶은 막대그래프
chart-kind-line = 선그래프
chart-kind-scatter = 산점도
chart-kind-precision-recall = 정밀도–재현율 평면
chart-kind-gantt = 간트 차트

chart-alt = { $kind }: { $title }.
chart-extremes = 가장 큰 값은 { $most }({ $high }), 가장 작은 값은 { $least }({ $low })입니다.
chart-same = 값이 모두 { $value }입니다.
chart-course = { $first }({ $begin })에서 { $last }({ $end })까지의 흐름입니다.
chart-best-f1 = F1이 가장 높은 것은 { $name }({ $value })입니다.
chart-range = { JOSA($label, "은/는") } { JOSA($high, "이/가") } { $most }로 가장 높고 { JOSA($low, "이/가") } { $least }로 가장 낮습니다.
chart-period = 실행 { $count }건, { $first }부터 { $last }까지입니다.
chart-longest = 가장 오래 걸린 것은 { $name }({ $time })입니다.
chart-going = 아직 끝나지 않음: { $names }.
chart-so-far = { $time }째
chart-and-others = { $name } 외 { $count }개
chart-cut = 한 그래프에 담기에 많아 { $count }개는 그리지 않았습니다.
chart-blank = 값이 없는 { $count }개는 뺐습니다.

chart-shown = **{ $title }**: { JOSA($kind, "으로/로") } 그렸습니다.
chart-other-kind = { JOSA($wished, "으로는/로는") } 그릴 수 없는 결과라 { JOSA($kind, "을/를") } 골랐습니다.
chart-of-nothing = 아직 그래프로 그릴 결과가 없습니다. 먼저 궁금한 것을 물어보시거나, 질문 끝에 ‘그래프로’를 붙여 주세요.
chart-not-again = 앞의 결과를 다시 조회하지 못해 그래프를 그리지 못했습니다. 질문을 한 번 더 해 주세요.
chart-one-row = 답이 하나라 그래프로 견줄 것이 없습니다. 나누어 물어보시면(예: 상태별, 월별) 그려 드릴 수 있어요.
chart-no-numbers = 결과에 그래프로 그릴 숫자가 없습니다. 개수나 값을 나누어 물어보시면(예: 상태별, 월별) 그려 드릴 수 있어요.

chart-button = 그래프
chart-working = 그래프를 그리고 있습니다…
chart-taken = 그래프는 이미 스레드에 있습니다. 아래쪽을 봐 주세요.
chart-not-sent = 그래프를 올리지 못했습니다. 잠시 뒤에 다시 눌러 주세요.

# Files that are written from the terminal.
file-written = 저장했습니다: { $path }
file-exists = { $path } 파일이 이미 있습니다. 덮어쓰려면 --force를 붙이세요.
file-is-folder = { $path } 자리에 폴더가 있습니다. 파일 이름까지 적어 주세요.
file-no-folder = { $path } 파일을 넣을 폴더가 없습니다. 먼저 만들어 주세요.
file-not-writable = { $path } 파일에 쓸 권한이 없습니다.
file-not-png = 그래프는 PNG 파일로만 저장합니다: { $path } 이름을 .png로 끝내 주세요.
file-not-written = { $path } 파일을 쓰지 못했습니다: { $why }
file-no-rows = 답에 조회한 행이 없어 저장할 것이 없습니다.
file-no-picture = 그림을 그리지 못했습니다. -v를 붙여 다시 실행하면 이유를 볼 수 있습니다.
file-no-answer = 아직 답이 없습니다. 먼저 질문해 주세요.
file-how = { $command } 뒤에 파일 이름을 적어 주세요. 예: { $command } { $example } (덮어쓰려면 --force)
file-chart-hint = 그래프 ‘{ $title }’: --chart 파일.png(대화에서는 /chart 파일.png)로 저장할 수 있어요.
