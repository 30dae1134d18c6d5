# What a word of the catalogue means.

meaning-value = { $word } is a value of { $column } ({ $table }): { $label }.
meaning-value-same = { $word } is a value of { $column } ({ $table }).
meaning-value-bare = { $word } is a value of { $column } ({ $table }). The catalogue does not explain it further.
meaning-also = Also said: { $words }.
meaning-others = The other values: { $values }.
meaning-need = { $word }: { $why }.
meaning-table = { $word } is a { $label }: { $told }.
meaning-column = { $word } is a column of { $table } (‘{ $column }’).
