"""users.*: who is in the workspace, and what the app may know of them."""

from tests.playground.webapi.server import APP, Api, platform, serving


async def test_a_person_has_a_name_and_a_profile(api: Api) -> None:
    user = (await api.call("users.info", user="U1", include_locale=True))["user"]
    assert (user["name"], user["real_name"], user["is_bot"], user["locale"]) == ("kim", "김민준", False, "ko-KR")
    assert user["profile"]["email"] == "Kim@example.com"
    assert await api.error("users.info", user="U0") == "user_not_found"


async def test_the_app_is_a_user_too(api: Api) -> None:
    assert (await api.call("users.info", user=APP.user))["user"]["is_bot"]


async def test_addresses_need_a_scope_of_their_own() -> None:
    async with serving(platform("users:read")) as api:
        assert "email" not in (await api.call("users.info", user="U1"))["user"]["profile"]


async def test_users_come_in_pages(api: Api) -> None:
    first = await api.call("users.list", limit=3)
    second = await api.call("users.list", limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [user["id"] for user in first["members"] + second["members"]] == ["U1", "U2", "U3", APP.user]
    assert second["response_metadata"]["next_cursor"] == ""
    assert len((await api.call("users.list", limit=0))["members"]) == 4


async def test_a_person_is_found_by_address_however_it_is_written(api: Api) -> None:
    assert (await api.call("users.lookupByEmail", email="kim@EXAMPLE.com"))["user"]["id"] == "U1"
    assert await api.error("users.lookupByEmail", email="nobody@example.com") == "users_not_found"
    assert await api.error("users.lookupByEmail", email="") == "users_not_found"
