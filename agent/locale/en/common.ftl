# Words that stand in many places.

close = Close
question-taken = Got it. The answer will follow in a moment.
bot-name = MLOps Bot
