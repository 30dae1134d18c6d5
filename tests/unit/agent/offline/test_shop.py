"""Another database with another catalog.yml: nothing of the sample is in code."""

import pytest

from tests.unit.agent.offline.talk import Book, Talk

QUESTIONS = [
    ("오세라가 판 물건 보여줘", "name", ["oak-chair-a1", "green-tea-500"]),
    ("가장 싼 상품은?", "name", ["green-tea-500"]),
    ("저렴한 물건 추천해줘", "name", ["green-tea-500", "desk-lamp-c3", "oak-chair-a1", "oak-table-b2"]),
    ("가격 5만 원 넘는 가구", "name", ["oak-chair-a1", "oak-table-b2"]),
    ("반품된 주문 있어?", "state", ["returned"]),
    ("가장 오래 걸린 주문", "id", [2]),
    ("이번 달 판매", "id", [2, 3, 4]),
    ("강남점 점원 누구누구야", "name", ["오세라", "라온유"]),
    ("무게가 없는 상품", "name", ["desk-lamp-c3"]),
    ("요청 사항에 엘리베이터가 적힌 판매", "id", [3]),
    ("recommend cheap items", "name", ["green-tea-500", "desk-lamp-c3", "oak-chair-a1", "oak-table-b2"]),
    ("Which items are furniture?", "name", ["oak-chair-a1", "oak-table-b2"]),
    ("sales with state shipped", "id", [1, 3]),
]


@pytest.mark.parametrize(("question", "column", "values"), QUESTIONS)
def test_the_shop_is_understood(shop: Book, question: str, column: str, values: list[object]) -> None:
    told = Talk(shop).ask(question)
    assert sorted(map(str, told.column(column))) == sorted(map(str, values))


def test_the_shop_counts_groups_and_follows(shop: Book) -> None:
    talk = Talk(shop)
    assert "**4건**" in talk.ask("판매 몇 건이야?").text
    assert dict(talk.ask("지점별 점원 수").rows) == {"강남점": 2, "부산점": 1}  # type: ignore[arg-type] # two columns
    talk.ask("oak-chair-a1 가격")
    assert talk.ask("그 상품 무게는?").column("weight_g") == [7200]
    assert "카탈로그에는 '재고' 정보가 없습니다" in talk.ask("oak-chair-a1 재고는?").text
    assert "반품 사유" in talk.ask("반품된 판매 보여줘").text


def test_with_no_yaml_names_and_values_still_answer(bare_shop: Book) -> None:
    assert Talk(bare_shop).ask("item price").column("price")
    assert Talk(bare_shop).ask("how many clerk").tables[0].rows == ((3,),)
    assert Talk(bare_shop).ask("furniture").column("kind") == ["furniture", "furniture"]
    assert Talk(bare_shop).ask("oak-table-b2 price").column("price") == [240000]
    assert Talk(bare_shop).ask("sale state returned").column("state") == ["returned"]


def test_tables_with_no_key_between_them_are_not_joined(bare_shop: Book) -> None:
    told = Talk(bare_shop).ask("오세라 item price")
    assert told.sql == ()
    assert "오세라" in told.text
