# Words that the bot is taught: the list, the form, and what came of a click.

synonym-confirmed = 배웠습니다: '{ $word }' → { $meaning }. 다음 질문부터 이렇게 읽습니다.
synonym-dropped = '{ $word }': 뜻이 없는 말로 적어 두었고, 이 목록에 다시 올리지 않겠습니다.
synonym-undone = 되돌렸습니다: '{ $word }'. 다음 질문부터 적용됩니다.
synonym-unchanged = '{ $word }': 이미 그렇게 되어 있습니다. 지금 뜻: { $meaning }
synonym-taken = '{ $word }': 이미 다른 뜻으로 배운 말입니다. 지금 뜻: { $meaning }. 바꾸려면 먼저 그 뜻을 되돌려 주세요.
synonym-known = '{ $word }': catalog.yml에 이미 그 뜻으로 있는 말입니다: { $meaning }
synonym-clash = '{ $word }': 이미 다른 것을 가리키는 말이라 배우지 않았습니다: { $meaning }
synonym-function-word = '{ $word }': 문장을 잇는 데 쓰이는 말이라 배우지 않았습니다.
synonym-measure = '{ $word }': 날짜나 수로 읽히는 말이라 배우지 않았습니다.
synonym-no-word = '{ $word }': 너무 짧거나 긴 말, 또는 숫자라서 배우지 않았습니다.
synonym-misfit = 고르신 뜻이 지금 카탈로그에 없어 배우지 않았습니다. '/mlops synonyms'로 목록을 다시 열어 주세요.
synonym-no-bound = 배우지 않았습니다. 조건은 수를 담은 열을 고르고 '0.9 이상'이나 '>= 0.9'처럼 적어 주세요.
synonym-gone = '{ $word }' → { $meaning }: 지금 카탈로그에 없는 뜻이라 뺐습니다.
synonym-form-refused = 뜻을 고르는 창을 열지 못했습니다. 버튼을 한 번 더 눌러 주세요.
synonyms-none = 모르는 말도, 배운 말도 아직 없습니다.
synonyms-unplaced = 봇이 이해하지 못한 말
synonyms-learned = 배운 말
synonyms-meaningless = 뜻이 없다고 한 말
synonyms-form = 말 가르치기
synonyms-confirm = 확인
synonyms-pick-label = '{ $word }' 뜻 고르기
synonyms-bound = 조건 (수를 담은 열만)
synonyms-bound-example = 예: 0.9 이상, >= 0.9
synonyms-times = { $count }번
synonyms-other = 다른 뜻 고르기
synonyms-drop = 뜻 없음
synonyms-undo = 되돌리기
synonyms-decided-by = 확인 { $name } · { $date }
synonyms-unused = (지금은 카탈로그에 없어 쓰이지 않음)
