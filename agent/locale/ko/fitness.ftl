# Whether rows fit a purpose: what is noted of them is told, the bot decides nothing.

fitness-against = { $name }의 { $note }에는 ‘{ $use }’에 맞지 않는다고 적혀 있습니다: “{ $said }”
fitness-for = { $name }의 { $note }에는 ‘{ $use }’에 맞는다고 적혀 있습니다: “{ $said }”
fitness-mentions = { $name }의 { $note }에 ‘{ $use }’ 이야기가 있습니다. 읽고 판단해 주세요: “{ $said }”
fitness-silent = { $name }의 { $note }에는 ‘{ $use }’ 이야기가 없어, 되는지 안 되는지 제가 정할 수 없습니다: “{ $said }”
fitness-open = { JOSA($name, "이/가") } ‘{ $use }’에 맞는지는 제가 정할 수 없으니 { JOSA($note, "을/를") } 보고 판단해 주세요: “{ $said }”
fitness-none = { $name }에는 { JOSA($note, "이/가") } 없어, ‘{ $use }’에 맞는지 제가 정할 수 없습니다.
fitness-there = { JOSA($name, "은/는") } 이미 { $state }입니다.
fitness-there-noted = { $note }에는 이렇게 적혀 있습니다: “{ $said }”
fitness-not-there = { JOSA($name, "은/는") } 지금 { $state }입니다.
fitness-noted = 올려도 되는지는 { JOSA($note, "을/를") } 보고 판단해 주세요: “{ $said }”
fitness-unnoted = { JOSA($note, "이/가") } 없어, 올려도 되는지 제가 정할 수 없습니다.
fitness-figures = 기록된 값: { $figures }.
fitness-each = { JOSA($subject, "은/는") } { $count }입니다. { $aim ->
    [yes] { $use }에 올려도 되는지는
   *[no] ‘{ $use }’에 맞는지는
  } { JOSA($note, "을/를") } 보고 판단해 주세요:
fitness-each-against = 맞지 않는다고 적혀 있음
fitness-each-for = 맞는다고 적혀 있음
fitness-no-note = { $note } 없음
fitness-rank = { $purpose } { $kind } 추천해줘
