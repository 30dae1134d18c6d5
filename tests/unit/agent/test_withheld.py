"""What nobody may see any longer is taken out of an explanation."""

from dataclasses import replace

from agent.explanation import CallMade, Candidate, Clause, Explanation, GivenUp, LostWord, ReadMention
from agent.withheld import WITHHELD, shown
from db.catalog.learned import Target
from db.catalog.meaning import ColumnMeaning, SemanticLayer, TableMeaning, Text

NAME = ColumnMeaning("users", "name", "TEXT", False, "name", Text("이름", "name"))
LAYER = SemanticLayer((TableMeaning("users", Text("사용자", "user"), (NAME,), "id", ("name",), ("name",)),))
PRIVATE = (("users", "email"), ("wages", "amount"))
OPEN = Clause("q", "query", "list", query={"head": "users"}, joins=("a = b",), sql="SELECT name FROM users")
MAIL = ReadMention("메일", "value", ("users.email = a@b",), (("users", "email"),), corrected="a@b")


def of(*clauses: Clause, calls: tuple[CallMade, ...] = (), given_up: tuple[GivenUp, ...] = ()) -> Explanation:
    return shown(Explanation("llm", "m", clauses=clauses, calls=calls, given_up=given_up), LAYER, PRIVATE)


def test_what_is_open_stays_as_it_is() -> None:
    calls = (CallMade(1, "execute_sql", "", "SELECT name FROM users", rows=1),)
    explanation = of(OPEN, calls=calls, given_up=(GivenUp("offline", "SELECT 1", "ran"),))
    assert explanation.clauses == (OPEN,)
    assert explanation.calls == calls
    assert shown(explanation, LAYER, ()) == explanation


def test_a_mention_of_a_private_column_does_not_say_what_it_was_taken_for() -> None:
    (clause,) = of(
        replace(OPEN, mentions=(MAIL, ReadMention("이름", "column", ("users.name",), (("users", "name"),))))
    ).clauses
    hidden, kept = clause.mentions
    assert (hidden.meanings, hidden.corrected) == ((WITHHELD,), None)
    assert kept.meanings == ("users.name",)


def test_a_query_over_a_column_that_is_gone_or_private_is_not_shown() -> None:
    for closed in (replace(OPEN, refs=(("users", "email"),)), replace(OPEN, sql="SELECT EMAIL FROM users")):
        (clause,) = of(closed).clauses
        assert (clause.query, clause.joins, clause.sql) == (None, (), WITHHELD)
    (clause,) = of(replace(OPEN, sql=None, refs=(("gone", ""),))).clauses
    assert clause.sql is None


def test_meanings_of_a_lost_word_are_those_that_still_fit() -> None:
    near = (Candidate(Target("users", "email"), 1.0), Candidate(Target("users", "name"), 0.5))
    (clause,) = of(replace(OPEN, lost=(LostWord("말", near),))).clauses
    assert [one.target.column for one in clause.lost[0].nearest] == ["name"]


def test_a_models_guess_at_a_private_name_is_not_shown() -> None:
    guess = CallMade(1, "execute_sql", "", "SELECT amount FROM wages", "no such table: wages")
    word = CallMade(2, "find_values", "email")
    explanation = of(calls=(guess, word), given_up=(GivenUp("offline", "SELECT * FROM wages", "failed"),))
    assert explanation.calls == (replace(guess, sql=WITHHELD, problem=WITHHELD), replace(word, argument=""))
    assert explanation.given_up[0].sql == WITHHELD


def test_a_private_name_that_ends_in_no_letter_is_found_too() -> None:
    told = Explanation("llm", "m", given_up=(GivenUp("llm", 'SELECT "bonus (%)" FROM users', "ran"),))
    assert shown(told, LAYER, (("users", "bonus (%)"),)).given_up[0].sql == WITHHELD
    assert shown(told, LAYER, (("users", "bonus"),)).given_up[0].sql == WITHHELD
    assert shown(told, LAYER, (("users", "bonu"),)) == told
