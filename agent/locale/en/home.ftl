# The Home tab.

home-hello = Ask me anything about the MLOps catalogue.
home-refresh = Refresh
home-count = { $count }
home-more = Ask for more
home-none = There is none.
home-others = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
home-recent = What you asked lately
home-examples = You could ask
home-again = Ask again
home-ask = Ask
home-news = What's new
home-news-list = 
    You see at once how an answer is made; it comes with tables and charts, and its rows as CSV or XLSX.
    “My projects” and “our team's models” work: the bot knows who you are in the catalogue.
    Language, length, steps, SQL and usage of your answers are set right here.
