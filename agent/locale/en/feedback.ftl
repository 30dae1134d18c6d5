# What people think of an answer: the buttons, the form, a word of thanks.

feedback-good = Good answer
feedback-good-label = Rate this answer as good
feedback-bad = Needs work
feedback-bad-label = Rate this answer as needing work, with a reason
feedback-form = Rate the answer
feedback-send = Send
feedback-why = What is wrong with it?
feedback-expected = What did you expect?
feedback-reason-wrong-numbers = The numbers are wrong
feedback-reason-misunderstood = It misunderstood the question
feedback-reason-odd-sql = The SQL is odd
feedback-reason-thin = It explains too little
feedback-reason-slow = It was slow
feedback-reason-other = Something else
feedback-thanks-good = Thanks for the rating.
feedback-thanks-bad = Thanks, this helps to improve the answers.
