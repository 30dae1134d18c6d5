"""What people press, pick and type reaches the shell in Slack's shape."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page import kitchen
from tests.page.kitchen import Block, option, plain
from tests.page.test_render import draw, draw_blocks


async def actions(page: Page) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = await page.evaluate("actions")
    return told


async def state(page: Page) -> dict[str, Any]:
    values: dict[str, Any] = await page.evaluate("state()")
    return values


async def test_a_buttons_click_is_told_with_its_value_and_text(page: Page) -> None:
    await draw_blocks(page, kitchen.ACTIONS)
    button = page.get_by_test_id("button-go")
    await expect(button).to_have_attribute("data-action-id", "go")
    await expect(button).to_have_attribute("data-block-id", "acts")
    await button.click()
    assert await actions(page) == [
        {"type": "button", "action_id": "go", "block_id": "acts", "value": "v1", "text": plain("실행 :rocket:")}
    ]


async def test_a_dangerous_click_is_told_once_it_is_confirmed(page: Page) -> None:
    await draw_blocks(page, kitchen.ACTIONS)
    await page.get_by_test_id("button-stop").click()
    await expect(page.get_by_test_id("confirm").locator("strong")).to_have_text("되돌릴 수 없습니다")
    await page.get_by_role("button", name="아니요").click()
    await expect(page.get_by_test_id("confirm")).to_have_count(0)
    await page.get_by_test_id("button-stop").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("confirm")).to_have_count(0)
    assert await actions(page) == []
    await page.get_by_test_id("button-stop").click()
    await page.get_by_test_id("confirm-yes").click()
    await expect(page.get_by_test_id("confirm")).to_have_count(0)
    assert [action["action_id"] for action in await actions(page)] == ["stop"]


async def test_a_link_button_leads_away_and_is_told_too(page: Page) -> None:
    await draw_blocks(page, {**kitchen.ACTIONS, "elements": [{**kitchen.BUTTON, "url": "https://example.com/"}]})
    link = page.get_by_test_id("button-card")
    assert await link.get_attribute("rel") == "noopener noreferrer"
    await link.evaluate("node => { node.addEventListener('click', (event) => event.preventDefault()); node.click(); }")
    assert [action["action_id"] for action in await actions(page)] == ["card"]


async def test_feedback_stays_pressed_when_the_message_is_drawn_again(page: Page) -> None:
    await draw(page, {"blocks": [kitchen.FEEDBACK]})
    await page.get_by_test_id("feedback-negative").click()
    await expect(page.get_by_test_id("feedback-negative")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_test_id("feedback-positive")).to_have_attribute("aria-pressed", "false")
    assert await actions(page) == [
        {
            "type": "feedback_buttons",
            "action_id": "rate",
            "block_id": "fb",
            "value": "down:T1",
            "text": plain("별로예요"),
        }
    ]
    await page.evaluate("clear()")
    await draw(page, {"blocks": [kitchen.FEEDBACK]})
    await expect(page.get_by_test_id("feedback-negative")).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="지우기").click()
    assert (await actions(page))[-1]["type"] == "icon_button"


async def test_the_overflow_menu_is_worked_by_keys(page: Page) -> None:
    await draw_blocks(page, kitchen.ACTIONS)
    opener = page.get_by_test_id("button-menu")
    await opener.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(opener).to_be_focused()
    await opener.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert await actions(page) == [
        {"type": "overflow", "action_id": "menu", "block_id": "acts", "selected_option": option("둘")}
    ]


async def test_choices_outside_of_a_form_are_told_at_once(page: Page) -> None:
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": [option("ㄱ"), option("ㄴ")]}
    await draw_blocks(page, {**kitchen.ACTIONS, "elements": [*kitchen.ACTIONS["elements"], boxes]})
    await page.get_by_test_id("input-pick").select_option(label="나")
    await page.get_by_test_id("input-day").fill("2026-12-01")
    await page.get_by_test_id("input-who").select_option(label="이서연")
    await page.get_by_label("ㄴ").check()
    assert [{k: v for k, v in action.items() if k != "block_id"} for action in await actions(page)] == [
        {"type": "static_select", "action_id": "pick", "selected_option": option("나")},
        {"type": "datepicker", "action_id": "day", "selected_date": "2026-12-01"},
        {"type": "users_select", "action_id": "who", "selected_user": "U2"},
        {"type": "checkboxes", "action_id": "boxes", "selected_options": [option("ㄴ")]},
    ]


async def test_a_choice_that_is_not_confirmed_is_taken_back(page: Page) -> None:
    elements: list[Block] = [
        {"type": "static_select", "options": [option("가")], "action_id": "one"},
        {"type": "datepicker", "initial_date": "2026-11-20", "action_id": "day"},
        {"type": "checkboxes", "options": [option("나")], "action_id": "box"},
        {"type": "multi_static_select", "options": [option("다")], "action_id": "many"},
    ]
    await draw_blocks(page, {"type": "actions", "elements": [{**one, "confirm": kitchen.CONFIRM} for one in elements]})
    before = await state(page)

    async def refuse() -> None:
        await page.get_by_test_id("confirm-no").click()
        await expect(page.get_by_test_id("confirm")).to_have_count(0)

    await page.get_by_test_id("input-one").select_option(label="가")
    await refuse()
    await page.get_by_test_id("input-day").fill("2026-12-01")
    await refuse()
    await page.get_by_label("나", exact=True).click()
    await refuse()
    await page.get_by_test_id("input-many").click()
    await page.get_by_role("listbox").get_by_role("option", name="다").click()
    await refuse()
    assert await state(page) == before
    assert await actions(page) == []


async def test_a_forms_state_has_slacks_shape(page: Page) -> None:
    await draw_blocks(page, *kitchen.FORM)
    values = {name: entries[f"{name}-a"] for name, entries in (await state(page)).items()}
    said = kitchen.rich(kitchen.section(kitchen.run("서식")))
    assert values == {
        "text": {"type": "plain_text_input", "value": "글"},
        "lines": {"type": "plain_text_input", "value": None},
        "number": {"type": "number_input", "value": "0.5"},
        "email": {"type": "email_text_input", "value": "a@b.c"},
        "url": {"type": "url_text_input", "value": "https://example.com"},
        "rich": {"type": "rich_text_input", "rich_text_value": said},
        "date": {"type": "datepicker", "selected_date": "2026-11-20"},
        "time": {"type": "timepicker", "selected_time": "09:30"},
        "moment": {"type": "datetimepicker", "selected_date_time": 1760000040},
        "static": {"type": "static_select", "selected_option": option("나")},
        "grouped": {"type": "static_select", "selected_option": None},
        "many": {"type": "multi_static_select", "selected_options": [option("가")]},
        "external": {"type": "external_select", "selected_option": None},
        "person": {"type": "users_select", "selected_user": "U2"},
        "people": {"type": "multi_users_select", "selected_users": ["U1"]},
        "talk": {"type": "conversations_select", "selected_conversation": "G1"},
        "channel": {"type": "channels_select", "selected_channel": "C1"},
        "checks": {"type": "checkboxes", "selected_options": [option("나")]},
        "radio": {"type": "radio_buttons", "selected_option": option("가")},
        "file": {"type": "file_input", "files": []},
    }


async def test_a_form_is_filled_by_hand(page: Page) -> None:
    await draw_blocks(page, *kitchen.FORM)
    await page.get_by_test_id("input-lines-a").fill("둘\n셋")
    await page.get_by_test_id("input-grouped-a").select_option(label="다")
    await page.get_by_test_id("input-many-a").click()
    await page.get_by_role("listbox").get_by_role("option", name="나").click()
    await page.get_by_role("button", name="제거: 가").click()
    await page.get_by_test_id("input-external-a").click()
    await expect(page.get_by_text("글자를 더 입력해 주세요")).to_be_visible()
    await page.get_by_test_id("input-external-a").fill("xy")
    await page.get_by_role("option", name="결과 xy").click()
    await page.get_by_test_id("input-radio-a").get_by_label("나").check()
    await page.get_by_test_id("input-file-a").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b"}
    )
    await expect(page.locator(".r-uploads")).to_have_text("a.csv")
    values = await state(page)
    assert values["lines"]["lines-a"]["value"] == "둘\n셋"
    assert values["grouped"]["grouped-a"]["selected_option"] == option("다")
    assert values["many"]["many-a"]["selected_options"] == [option("나")]
    assert values["external"]["external-a"]["selected_option"]["value"] == "xy"
    assert values["radio"]["radio-a"]["selected_option"] == option("나")
    assert values["file"]["file-a"]["files"] == [{"id": "F9", "name": "a.csv"}]
    assert await actions(page) == []


async def test_a_list_is_searched_and_chosen_from_by_keys(page: Page) -> None:
    await draw_blocks(page, {"type": "actions", "elements": [{"type": "multi_users_select", "action_id": "who"}]})
    field = page.get_by_role("combobox")
    await field.press("Enter")
    await expect(page.get_by_role("option")).to_have_count(3)
    await field.fill("없는 사람")
    await expect(page.get_by_text("결과가 없습니다")).to_be_visible()
    await field.fill("서")
    await expect(page.get_by_role("option")).to_have_count(1)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(field).to_be_focused()
    await expect(page.locator(".r-chip")).to_have_text("이서연")
    await field.press("Backspace")
    await expect(page.locator(".r-chip")).to_have_count(0)
    assert [action["selected_users"] for action in await actions(page)] == [["U2"], []]


async def test_a_list_that_cannot_be_had_says_so(page: Page) -> None:
    await page.evaluate(
        """() => { drawBlocks(
          [{ type: "actions", elements: [{ type: "external_select", action_id: "x", min_query_length: 0 }] }],
          { onOptions: () => Promise.reject(new Error("gone")) }); }"""
    )
    await page.get_by_role("combobox").click()
    await expect(page.get_by_text("목록을 불러오지 못했습니다")).to_be_visible()
    await page.mouse.click(5, 600)
    await expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize(
    ("trigger", "told"), [("on_enter_pressed", ["가나"]), ("on_character_entered", ["가", "가나"]), (None, ["가나"])]
)
async def test_an_input_tells_when_it_was_asked_to(page: Page, trigger: str | None, told: list[str]) -> None:
    element: Block = {"type": "plain_text_input", "action_id": "t"}
    if trigger:
        element["dispatch_action_config"] = {"trigger_actions_on": [trigger]}
    block = {"type": "input", "label": plain("이름"), "element": element, "dispatch_action": True}
    await draw_blocks(page, block)
    await page.get_by_label("이름").press_sequentially("가나")
    await page.get_by_label("이름").press("Enter")
    assert [action["value"] for action in await actions(page)] == told


async def test_errors_stand_at_their_inputs(page: Page) -> None:
    await draw_blocks(page, *kitchen.FORM[:2])
    await page.evaluate("showErrors(document, {text: '너무 짧습니다 <b>'})")
    await expect(page.get_by_role("alert")).to_have_text(["너무 짧습니다 <b>"])
    await expect(page.get_by_test_id("input-text-a")).to_be_focused()
    assert await page.locator("[aria-invalid]").count() == 1
    await page.evaluate("showErrors(document, {})")
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert await page.locator("[aria-invalid]").count() == 0


async def test_an_inputs_description_is_there(page: Page) -> None:
    text = {"type": "plain_text_input", "action_id": "t"}
    bare = {"type": "input", "label": plain("이름"), "element": text}
    await draw_blocks(page, bare, {**bare, "hint": plain("성과 이름")})
    named = await page.get_by_label("이름").evaluate_all(
        """nodes => nodes.map((node) => node.getAttribute("aria-describedby").split(" ")
             .map((id) => document.getElementById(id).textContent))"""
    )
    assert named == [[""], ["성과 이름", ""]]


async def test_what_was_put_in_outlives_a_new_view(page: Page) -> None:
    await draw_blocks(page, *kitchen.FORM)
    await page.get_by_test_id("input-text-a").fill("새 글")
    await page.get_by_test_id("input-static-a").select_option(label="가")
    before = await state(page)
    await page.evaluate("clear()")
    await draw_blocks(page, *kitchen.FORM, state=before)
    assert await state(page) == before


async def test_every_element_has_a_name(page: Page) -> None:
    await draw_blocks(page, *kitchen.FORM, kitchen.ACTIONS, kitchen.FEEDBACK, kitchen.DATA_TABLE)
    nameless = (
        await page.locator("main")
        .locator("button, input, select, textarea")
        .evaluate_all(
            """nodes => nodes.filter((node) => {
                const label = document.getElementById(node.getAttribute("aria-labelledby"));
                return !(label || node.ariaLabel || node.textContent.trim() || node.labels?.length);
            }).map((node) => node.outerHTML)"""
        )
    )
    assert nameless == []


@pytest.mark.parametrize("more", [{"isComposing": True}, {"keyCode": 229}], ids=["composing", "229"])
async def test_an_enter_that_ends_a_syllable_tells_nothing(page: Page, more: dict[str, object]) -> None:
    text = {"type": "plain_text_input", "action_id": "t"}
    who = {"type": "multi_users_select", "action_id": "who"}
    await draw_blocks(page, {"type": "input", "label": plain("이름"), "element": text, "dispatch_action": True})
    await draw_blocks(page, {"type": "actions", "elements": [who]})
    await page.get_by_label("이름").fill("가나")
    await page.get_by_role("combobox").click()
    for field in (page.get_by_label("이름"), page.get_by_role("combobox")):
        await field.evaluate(
            """(node, more) => node.dispatchEvent(
                 new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }))""",
            more,
        )
    assert await actions(page) == []
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.get_by_role("combobox").press("Enter")
    assert [action["action_id"] for action in await actions(page)] == ["who"]
