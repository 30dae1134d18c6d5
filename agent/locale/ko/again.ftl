# What is said of a run below its alert, ahead of the rows.

again-of-name = 이름이 같은 { JOSA($kind, "을/를") } 기준으로 답합니다.
again-no-name = 이름이 같은 것 중에는 해당하는 기록이 없습니다.
again-of-parent = 같은 { $parent }({ $name })의 { JOSA($kind, "을/를") } 기준으로 답합니다.
again-of-some-parent = { JOSA($parent, "이/가") } 같은 { JOSA($kind, "을/를") } 기준으로 답합니다.
again-previous = 바로 전은 { $name }({ $at })이고, 상태는 { $state }입니다.
again-previous-yes = 네, 바로 전인 { $name }({ $at })의 상태는 { $state }입니다.
again-previous-no = 아니요, 바로 전인 { $name }({ $at })의 상태는 { $state }입니다.
again-last-so = 상태가 { $state }인 것 중 가장 최근은 { $name }({ $at })입니다.
again-last-near = 이름이 같은 것 중에는 상태가 { $state }인 것이 없습니다. 같은 { $parent }의 것 중에는 { $name }({ $at })이 가장 최근입니다.
again-never-so = 그 전에도 상태가 { $state }인 기록은 없습니다.
again-nothing-before = 지난번 기록이 없습니다. 이름이 같은 것도, 같은 { $parent }({ $name })에서 이보다 먼저 시작한 것도 없습니다.
again-times = 네, 그 전에 { $count }번 있습니다.
again-newest = 가장 최근은 { $name }({ $at })이고, 상태는 { $state }입니다.
again-nth = 이번이 { $count }번째입니다.
again-first = 네, 이름이 같은 기록으로는 이번이 처음입니다.
again-not-first = 아니요, 이름이 같은 기록이 이전에 { $count }번 더 있습니다.
again-since = { $count ->
    [1] { $at }에 시작한 이번 한 번만 { $state }입니다.
   *[other] { $at }부터 { $count }번 연달아 { $state }입니다.
  }
again-none-before = 그 전에는 이름이 같은 기록이 없습니다.
again-before = 그 전({ $at })의 상태는 { $state }입니다.
again-not-now = 이름이 같은 가장 최근 기록의 상태는 { JOSA($state, "이/가") } 아닙니다.
again-known-cause = 원인 분석 결과: { $cause }
again-cause = 원인 분석에서는 이렇게 보았습니다: “{ $cause }”
again-after-cause = 위 원인부터 고쳐 보세요. 그것이 아니면 로그 전체를 살펴봐야 합니다.
again-rerun = 저는 기록을 읽기만 하고 아무것도 다시 실행하지 않습니다. 다시 돌려서 될지는 기록만으로 장담할 수 없으니, 먼저 로그에서 원인을 확인하세요.
