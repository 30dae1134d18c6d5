# Files beside a question, and messages that are asked about.

attached-no-text = “{ $name }” is no text (a log, CSV, JSON …), so it was not read.
attached-too-large = “{ $name }” has more than 2 MB, so it was not read. Please paste the part that matters.
attached-elsewhere = “{ $name }” is not a file uploaded to Slack, so it was not read.
attached-not-given = Slack did not hand out “{ $name }”. Please ask an admin whether the bot has the scope files:read.
attached-unreachable = “{ $name }” could not be downloaded. Please try again in a while.
attached-too-many = At most { $most } files are read at once.
file-question = Tell me what I should know of the attached file
asking-title = Ask about a message
asking-label = What would you like to know?
asking-send = Ask
asking-hint = The answer comes in this message's thread.
asking-refused = The form did not open. Please try again.
