"""Messages that together hold every block and every element."""

from typing import Any, Final

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Block:
    return {"text": plain(text), "value": text}


def rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def run(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


MRKDWN: Final = (
    "*굵게* _기울임_ ~취소~ `code` <https://example.com/a?b=1|링크> <@U1> <@U2> <@UBOT> <#C1|ml-alerts> <!here> "
    ":eyes: :white_check_mark: :없는이름: :nope: &lt;b&gt; *굵게*입니다 snake_case_name 2 * 3\n"
    "• 첫째\n• 둘째 https://example.com/경로 (https://example.com/x)\n&gt; 인용 *굵게*\n&gt; 두 번째 줄\n"
    "<!date^1760000000^{date_long} {time}|2025> ```SELECT *\nFROM runs\nWHERE a < 3;```\n끝"
)
MARKDOWN: Final = """# 큰 제목
## 두 번째 **제목**
문단 *기울임* **굵게** ***둘 다*** ~~취소~~ `code` [링크](https://example.com "t") ![그림](https://example.com/x.png)
둘째 줄 <https://example.org> 그리고 <b>HTML은 글자</b>

1. 하나
2. 둘
   - 안쪽 `a`
     - 더 안쪽
3. 셋

- [x] 끝난 일
- [ ] 남은 일

> 인용문
> 둘째 줄

| 모델 | recall | 상태 |
|:-----|------:|:----:|
| wafer-v2.1 | 0.953 | :white_check_mark: |
| solder-v1 | 0.880 | `a\\|b` |

---
```python
def f(x):
    return x ** 2
```
"""
RICH: Final = rich(
    section(
        run("보통 "),
        run("굵게 ", bold=True),
        run("기울임 ", italic=True),
        run("취소", strike=True),
        run(" 밑줄 ", underline=True),
        run("code", code=True),
        run(" "),
        {"type": "link", "url": "https://example.com", "text": "링크", "style": {"bold": True}},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "channel"},
        {"type": "color", "value": "#2EB67D"},
        {"type": "date", "timestamp": 1760000000, "format": "{date_short_pretty} {time}", "fallback": "2025"},
    ),
    {
        "type": "rich_text_list",
        "style": "bullet",
        "indent": 0,
        "elements": [section(run("점")), section(run("둘"))],
    },
    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(run("안쪽"))]},
    {
        "type": "rich_text_list",
        "style": "ordered",
        "indent": 0,
        "offset": 2,
        "border": 1,
        "elements": [section(run("셋째")), section(run("넷째"))],
    },
    {"type": "rich_text_quote", "elements": [run("인용")]},
    {"type": "rich_text_preformatted", "elements": [run("SELECT 1;\n  -- 주석")]},
)
CONFIRM: Final = {
    "title": plain("정말요?"),
    "text": mrkdwn("*되돌릴 수 없습니다*"),
    "confirm": plain("네"),
    "deny": plain("아니요"),
    "style": "danger",
}
ACTIONS: Final[Block] = {
    "type": "actions",
    "block_id": "acts",
    "elements": [
        {"type": "button", "action_id": "go", "text": plain("실행 :rocket:"), "value": "v1", "style": "primary"},
        {"type": "button", "action_id": "stop", "text": plain("삭제"), "style": "danger", "confirm": CONFIRM},
        {"type": "button", "action_id": "see", "text": plain("열기"), "url": "https://example.com/"},
        {"type": "static_select", "action_id": "pick", "options": [option("가"), option("나")]},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
        {"type": "users_select", "action_id": "who", "placeholder": plain("사람")},
        {"type": "overflow", "action_id": "menu", "options": [option("하나"), option("둘")]},
    ],
}
FEEDBACK: Final[Block] = {
    "type": "context_actions",
    "block_id": "fb",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "rate",
            "positive_button": {"text": plain("좋아요"), "value": "up:T1"},
            "negative_button": {"text": plain("별로예요"), "value": "down:T1"},
        },
        {"type": "icon_button", "action_id": "trash", "icon": "trash", "text": plain("지우기"), "value": "d"},
    ],
}


def chart(kind: str, **more: Any) -> Block:
    series = [
        {"name": "wafer 검출", "data": [{"label": f"{m}월", "value": 0.9 + m / 100} for m in range(1, 7)]},
        {"name": "solder", "data": [{"label": f"{m}월", "value": 0.8 + m / 50} for m in range(1, 7)]},
    ]
    axis = {"categories": [f"{m}월" for m in range(1, 7)], "x_label": "달", "y_label": "recall"}
    shown = more.pop("series", series)
    return {
        "type": "data_visualization",
        "title": f"{kind} 차트",
        "chart": {"type": kind, "series": shown, "axis_config": axis, **more},
    }


PIE: Final[Block] = {
    "type": "data_visualization",
    "title": "실패 이유",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "메모리 부족", "value": 7},
            {"label": "데이터 없음", "value": 4},
            {"label": "시간 초과", "value": 2},
        ],
    },
}
TABLE: Final[Block] = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}, {"align": "center"}],
    "rows": [
        [{"type": "raw_text", "text": text} for text in ("모델", "recall", "단계")],
        [
            {"type": "raw_text", "text": "wafer-v2.1"},
            {"type": "raw_text", "text": "0.953"},
            rich(section(run("운영", bold=True))),
        ],
        [{"type": "raw_text", "text": text} for text in ("solder-v1", "0.880", "검증")],
    ],
}
DATA_TABLE: Final[Block] = {
    "type": "data_table",
    "caption": "학습 목록",
    "page_size": 3,
    "rows": [
        [{"type": "raw_text", "text": "이름"}, {"type": "raw_text", "text": "시간(분)"}],
        *(
            [{"type": "raw_text", "text": f"run-{n}"}, {"type": "raw_number", "value": v, "text": f"{v}분"}]
            for n, v in enumerate((12, 100, 7, 55))
        ),
    ],
}


def task(number: int, status: str, **more: Any) -> Block:
    return {"type": "task_card", "task_id": f"t{number}", "title": f"할 일 {number}", "status": status, **more}


PLAN: Final[Block] = {
    "type": "plan",
    "title": "실패 원인을 찾습니다",
    "tasks": [
        task(1, "complete", output=rich(section(run("12행을 읽었습니다")))),
        task(2, "in_progress", details=rich(section(run("SQL을 실행합니다")))),
        task(3, "error"),
        task(4, "pending"),
    ],
}
TASK: Final = task(9, "complete", sources=[{"type": "url", "url": "https://example.com", "text": "문서"}])
IMAGE: Final[Block] = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "그래프"}
BUTTON: Final[Block] = {"type": "button", "action_id": "card", "text": plain("보기")}
CARD: Final[Block] = {
    "type": "card",
    "title": mrkdwn("*wafer-v2.1*"),
    "subtitle": mrkdwn("운영 중"),
    "icon": {**IMAGE, "alt_text": "아이콘"},
    "body": mrkdwn("recall 0.953, 지난주보다 +0.02"),
    "actions": [BUTTON],
}
FRAMES: Final[list[Block]] = [
    *({"type": "alert", "level": level, "text": plain(f"{level} 알림")} for level in ("info", "warning", "error")),
    {"type": "carousel", "elements": [{**CARD, "hero_image": IMAGE}, CARD, CARD, CARD]},
    {
        "type": "container",
        "title": plain("묶음"),
        "subtitle": plain("접을 수 있음"),
        "is_collapsible": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("안쪽")}, {"type": "divider"}],
    },
    {"type": "video", "title": plain("시연"), "title_url": "https://example.com/v", "alt_text": "v"},
    {"type": "file", "external_id": "X-1", "source": "remote"},
    {"type": "hologram"},
]
SIMPLE: Final[list[Block]] = [
    {"type": "header", "text": plain("파이프라인 실패 :rotating_light:")},
    {"type": "section", "text": mrkdwn("*모델* wafer-v2.1의 학습이 실패했습니다."), "accessory": {**BUTTON}},
    {"type": "section", "fields": [mrkdwn(f"*항목 {n}*\n값 {n}") for n in range(4)]},
    {"type": "divider"},
    {"type": "context", "elements": [IMAGE, mrkdwn("규칙으로 답함 · <@U2> · 1.2초")]},
    {**IMAGE, "title": plain("제목")},
]


def _input(block_id: str, element: Block, **more: Any) -> Block:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


ELEMENTS: Final[dict[str, Block]] = {
    "text": {"type": "plain_text_input", "initial_value": "글"},
    "lines": {"type": "plain_text_input", "multiline": True, "placeholder": plain("여러 줄")},
    "number": {"type": "number_input", "is_decimal_allowed": True, "initial_value": "0.5"},
    "email": {"type": "email_text_input", "initial_value": "a@b.c"},
    "url": {"type": "url_text_input", "initial_value": "https://example.com"},
    "rich": {"type": "rich_text_input", "initial_value": rich(section(run("서식")))},
    "date": {"type": "datepicker", "initial_date": "2026-11-20"},
    "time": {"type": "timepicker", "initial_time": "09:30"},
    "moment": {"type": "datetimepicker", "initial_date_time": 1760000040},
    "static": {"type": "static_select", "options": [option("가"), option("나")], "initial_option": option("나")},
    "grouped": {
        "type": "static_select",
        "option_groups": [{"label": plain("묶음"), "options": [option("다")]}],
    },
    "many": {"type": "multi_static_select", "options": [option("가"), option("나")], "initial_options": [option("가")]},
    "external": {"type": "external_select", "min_query_length": 1},
    "person": {"type": "users_select", "initial_user": "U2"},
    "people": {"type": "multi_users_select", "initial_users": ["U1"]},
    "talk": {"type": "conversations_select", "initial_conversation": "G1"},
    "channel": {"type": "channels_select", "initial_channel": "C1"},
    "checks": {"type": "checkboxes", "options": [option("가"), option("나")], "initial_options": [option("나")]},
    "radio": {"type": "radio_buttons", "options": [option("가"), option("나")], "initial_option": option("가")},
    "file": {"type": "file_input", "filetypes": ["csv"], "max_files": 1},
}
FORM: Final[list[Block]] = [
    _input(name, {"action_id": f"{name}-a", **element}, hint=plain("도움말"), optional=name == "file")
    for name, element in ELEMENTS.items()
]
ATTACHMENTS: Final = {
    "text": "붙임",
    "attachments": [
        {
            "color": "danger",
            "pretext": "알림 *왔음*",
            "title": "제목",
            "title_link": "https://example.com",
            "text": "본문 `x`",
            "fields": [
                {"title": "단계", "value": "학습", "short": True},
                {"title": "모델", "value": "v2", "short": True},
            ],
            "footer": "MLOps",
            "ts": 1760000000,
        },
        {"color": "#36a64f", "blocks": [{"type": "section", "text": mrkdwn("블록")}]},
    ],
}
FILES: Final = {
    "text": "파일",
    "edited": {"user": "U1", "ts": "1.0"},
    "files": [
        {"id": "F1", "name": "result.csv", "title": "결과", "mimetype": "text/csv", "size": 2048},
        {"id": "F2", "name": "p.png", "title": "그림", "mimetype": "image/png", "size": 70, "alt_txt": "파란 점"},
        {"id": "F3", "name": "model.bin", "title": "model.bin", "mimetype": "application/octet-stream", "size": 9e6},
    ],
}
MESSAGES: Final[dict[str, Block]] = {
    "mrkdwn": {"text": MRKDWN},
    "markdown": {"blocks": [{"type": "markdown", "text": MARKDOWN}]},
    "rich_text": {"blocks": [RICH]},
    "simple": {"blocks": SIMPLE},
    "actions": {"blocks": [ACTIONS, FEEDBACK]},
    "tables": {"blocks": [TABLE, DATA_TABLE]},
    "charts": {"blocks": [chart("bar"), chart("line"), chart("area"), PIE]},
    "tasks": {"blocks": [PLAN, TASK]},
    "frames": {"blocks": FRAMES},
    "form": {"blocks": FORM},
    "attachments": ATTACHMENTS,
    "files": FILES,
    "stream": {"streaming": True, "blocks": [{"type": "markdown", "text": "답을 **쓰는** 중"}]},
}
