# What a word of the catalogue means.

meaning-value = { JOSA($word, "은/는") } { $table }의 { $column } 값으로, { JOSA($label, "을/를") } 뜻합니다.
meaning-value-same = { JOSA($word, "은/는") } { $table }의 { $column } 값입니다.
meaning-value-bare = { JOSA($word, "은/는") } { $table }의 { $column } 값입니다. 카탈로그에 뜻풀이는 없습니다.
meaning-also = 같은 말: { $words }.
meaning-others = 다른 값: { $values }.
meaning-need = { $word }: { $why }.
meaning-table = { JOSA($word, "은/는") } { $label }입니다: { $told }.
meaning-column = { JOSA($word, "은/는") } { $table }의 항목(‘{ $column }’)입니다.
