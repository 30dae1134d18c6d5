# Words that the bot is taught: the list, the form, and what came of a click.

synonym-confirmed = Learnt: '{ $word }' → { $meaning }. It is read so from the next question on.
synonym-dropped = '{ $word }' is noted as a word that means nothing; it won't be on this list again.
synonym-undone = Undone: '{ $word }'. It counts from the next question on.
synonym-unchanged = '{ $word }': that is so already. It stands for: { $meaning }
synonym-taken = '{ $word }' was learnt with another meaning: { $meaning }. To change it, undo that one first.
synonym-known = '{ $word }' means that already, by catalog.yml: { $meaning }
synonym-clash = '{ $word }' is not learnt: it means something else already, { $meaning }
synonym-function-word = '{ $word }' is not learnt: questions are held together by it.
synonym-measure = '{ $word }' is not learnt: it is read as a date or a number.
synonym-no-word = '{ $word }' is not learnt: it is too short, too long, or a number.
synonym-misfit = That meaning is not in the catalogue now, so nothing is learnt. Open the list again with '/mlops synonyms'.
synonym-no-bound = Nothing is learnt: a bound takes a column of numbers, and reads as in >= 0.9 or at least 90%.
synonym-gone = '{ $word }' → { $meaning }: left out, as the catalogue has no such thing now.
synonym-form-refused = The form to choose a meaning did not open. Click the button again.
synonyms-none = No word is unknown, and none was learnt, so far.
synonyms-unplaced = Words the bot did not understand
synonyms-learned = Words it has learnt
synonyms-meaningless = Words that mean nothing
synonyms-form = Teach a word
synonyms-confirm = Confirm
synonyms-pick-label = What does '{ $word }' mean?
synonyms-bound = Bound (for a number only)
synonyms-bound-example = e.g. >= 0.9, at least 90%
synonyms-times = { $count ->
    [one] once
   *[other] { $count } times
}
synonyms-other = Another meaning
synonyms-drop = Means nothing
synonyms-undo = Undo
synonyms-decided-by = by { $name } · { $date }
synonyms-unused = (not in the catalogue now, so not used)
