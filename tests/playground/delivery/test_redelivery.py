"""What is sent again, how often, and when it is given up."""

import asyncio
import logging

import pytest

from bot.playground.delivery.deliveries import Timings
from bot.playground.watch.faults import DeliveryFault
from tests.playground.delivery.rig import HASTY, PATIENT, Rig, connected

AT_ONCE = Timings(ack_s=30.0, retry_after_s=(0.0, 0.0, 0.0))


async def test_an_event_without_an_ack_is_sent_three_times_more_then_given_up() -> None:
    rig = Rig(HASTY)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event()
        await rig.deliveries.settled()
        envelopes = [await client.next() for _ in range(4)]
    assert [(e["retry_attempt"], e["retry_reason"]) for e in envelopes] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert {e["payload"]["event_id"] for e in envelopes} == {delivery.payload["event_id"]}
    assert (delivery.attempts, delivery.ack, delivery.is_given_up) == (4, None, True)


async def test_an_event_sent_as_a_retry_has_fewer_left() -> None:
    rig = Rig(HASTY)
    async with rig.serving(), connected(rig) as client:
        rig.event(retry=2)
        await rig.deliveries.settled()
        assert [(await client.next())["retry_attempt"] for _ in range(2)] == [2, 3]


async def test_a_late_ack_between_two_attempts_settles_an_event() -> None:
    rig = Rig(Timings(ack_s=0.0, retry_after_s=(30.0,)))
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event()
        envelope = await client.next()
        await client.ack(envelope)
        await rig.deliveries.settled()
    assert (delivery.attempts, delivery.is_given_up) == (1, False)


@pytest.mark.parametrize("kind", ["slash_commands", "interactive"])
async def test_a_command_or_click_is_not_sent_again(kind: str) -> None:
    rig = Rig(HASTY)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.deliveries.send("slash_commands" if kind == "slash_commands" else "interactive", {})
        assert await rig.deliveries.ack_of(delivery) is None
        assert delivery.is_given_up
        await client.ack(await client.next())
        rig.event("next")
        assert await client.text() == "next", "and its late ack is passed over"
    assert (delivery.attempts, delivery.ack) == (1, None)


async def test_a_dropped_connection_brings_its_events_to_the_next() -> None:
    rig = Rig(AT_ONCE)
    async with rig.serving():
        async with connected(rig) as first:
            acked, unacked = rig.event("acked"), rig.event("unacked")
            await first.ack(await first.next())
            await rig.journal.until(lambda: acked.ack is not None)
            await rig.sockets.drop()
        async with connected(rig) as second:
            envelope = await second.next()
            await second.ack(envelope)
            await rig.deliveries.settled()
    assert (envelope["envelope_id"], envelope["retry_attempt"]) == (unacked.envelope_id, 1)
    assert (acked.attempts, unacked.attempts, unacked.ack) == (1, 2, {})


async def test_a_command_on_a_dropped_connection_is_given_up() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.command()
        await client.next()
        await rig.sockets.drop()
        assert await rig.deliveries.ack_of(delivery) is None
    assert delivery.is_given_up


async def test_a_connection_that_breaks_under_an_event_costs_an_attempt_alone() -> None:
    rig = Rig(AT_ONCE)
    async with rig.serving(), connected(rig) as first:
        rig.sockets.connections[0].cut()
        delivery = rig.event()
        assert await rig.deliveries.first_attempts() == [delivery]
        await first.end()
        async with connected(rig) as second:
            await second.ack(await second.next())
            await rig.deliveries.settled()
    assert (delivery.attempts, delivery.ack) == (2, {})


async def test_without_a_connection_an_event_is_given_up_after_the_time_of_its_retries() -> None:
    rig = Rig(HASTY)
    async with rig.serving():
        event, command = rig.event(), rig.command()
        assert await rig.deliveries.first_attempts() == [event, command], "nobody waits for a connection"
        await rig.deliveries.settled()
    lived = asyncio.get_running_loop().time() - event.at
    assert lived >= sum(HASTY.retry_after_s) + 4 * HASTY.ack_s
    assert [(d.attempts, d.is_given_up) for d in (event, command)] == [(0, True), (0, True)]


async def test_a_command_waits_for_a_connection_as_long_as_for_its_ack() -> None:
    rig = Rig(PATIENT)
    async with rig.serving():
        delivery = rig.command()
        async with connected(rig) as client:
            await client.ack(await client.next(), payload={"text": "here"})
            assert await rig.deliveries.ack_of(delivery) == {"text": "here"}


async def test_a_duplicate_comes_as_the_same_event_twice() -> None:
    rig = Rig(PATIENT)
    rig.faults.break_next_delivery("events_api", DeliveryFault(duplicates=True))
    async with rig.serving(), connected(rig) as client:
        delivery, other = rig.event("once"), rig.event("other")
        envelopes = [await client.next() for _ in range(3)]
        for envelope in envelopes:
            await client.ack(envelope)
        await rig.deliveries.settled()
    texts = [e["payload"]["event"]["text"] for e in envelopes]
    assert texts.count("once") == 2
    assert (delivery.attempts, other.attempts) == (2, 1)


async def test_a_lost_ack_brings_the_event_again() -> None:
    rig = Rig(Timings(ack_s=0.05, retry_after_s=(0.0, 30.0)))
    rig.faults.break_next_delivery("events_api", DeliveryFault(loses_ack=True))
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event()
        for retry in (0, 1):
            envelope = await client.next()
            assert envelope["retry_attempt"] == retry
            await client.ack(envelope)
        await rig.deliveries.settled()
    assert (delivery.attempts, delivery.ack) == (2, {})


async def test_a_lost_answer_to_a_command_is_no_answer() -> None:
    rig = Rig(Timings(ack_s=0.1))
    rig.faults.break_next_delivery("slash_commands", DeliveryFault(loses_ack=True))
    async with rig.serving(), connected(rig) as client:
        delivery = rig.command()
        await client.ack(await client.next(), payload={"text": "lost"})
        assert await rig.deliveries.ack_of(delivery) is None


async def test_a_connection_that_is_cut_behind_an_event_has_brought_it() -> None:
    rig = Rig(AT_ONCE)
    rig.faults.break_next_delivery("events_api", DeliveryFault(drops_connection=True))
    async with rig.serving():
        async with connected(rig) as first:
            delivery = rig.event("hi")
            assert await first.text() == "hi"
            await first.end()
        async with connected(rig) as second:
            await second.ack(await second.next())
            await rig.deliveries.settled()
    assert (delivery.attempts, delivery.ack) == (2, {})


async def test_first_attempts_since_a_count_leave_out_the_earlier_ones() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        rig.event("earlier")
        count = rig.deliveries.count
        later = rig.event("later")
        assert await rig.deliveries.first_attempts(count) == [later]
        assert await rig.deliveries.first_attempts(rig.deliveries.count) == []


async def test_with_nothing_under_way_everything_is_settled() -> None:
    rig = Rig(PATIENT)
    await rig.deliveries.settled()
    await rig.deliveries.close()


async def test_closing_ends_what_is_under_way_and_the_connections() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event()
        await client.next()
        await rig.deliveries.close()
        await client.end()
        assert delivery.is_given_up
        assert not asyncio.all_tasks() - {asyncio.current_task()} - _served_by_aiohttp()


def _served_by_aiohttp() -> set["asyncio.Task[None]"]:
    return {task for task in asyncio.all_tasks() if "RequestHandler.start" in repr(task)}


async def test_a_delivery_that_breaks_off_is_told_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        delivery = rig.deliveries.send("events_api", {"no JSON": object()})
        await rig.deliveries.first_attempts()
        await rig.deliveries.settled()
    assert delivery.is_given_up
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.message == "a delivery broke off"
