"""Endpoints of strangers: no hostile one is ever connected to, neither by its name nor by where its name leads."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure import wire
from exposure.config import PUSH_HOSTS
from exposure.endpoints import BadEndpoint, endpoint, is_public
from exposure.push import Push
from exposure.subscriptions import Keys
from tests.hostile import INNER_ADDRESSES, PUBLIC_ADDRESSES, UNNAMEABLE, endpoints
from tests.push_service import PUBLIC, letters
from tests.pushing import CONTACT, HELLO, NOW, a_device


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A listener on loopback that nobody may ever reach."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def visitors(listening: socket.socket) -> int:
    count = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_no_hostile_endpoint_is_ever_connected_to(vapid, trap):
    hostile = endpoints(trap.getsockname()[1])
    assert len(set(hostile)) == 60
    looked_up: list[str] = []
    push = Push(
        vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=lambda host, port: looked_up.append(host) or ["127.0.0.1"])
    )
    outcomes = [push.send(Keys(each, a_device().p256dh, letters(b"s" * 16)), HELLO, NOW) for each in hostile]
    assert {outcome.became for outcome in outcomes} == {"refused"}
    assert looked_up == []
    assert visitors(trap) == 0


@pytest.mark.parametrize("address", INNER_ADDRESSES)
def test_a_permitted_name_that_leads_inside_is_not_connected_to(vapid, address):
    connected = []
    for addresses in ([address], [PUBLIC, address], [address, PUBLIC]):
        bent = wire.Wire(look_up=lambda *_, a=addresses: a, connect=lambda *args: connected.append(args))
        assert Push(vapid, CONTACT, PUSH_HOSTS, bent).send(a_device(), HELLO, NOW).why == "bad_endpoint"
    assert connected == []


def test_a_name_that_leads_nowhere_is_tried_again_later(vapid):
    def nowhere(*_):
        raise socket.gaierror(-2, "Name or service not known")

    assert Push(vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=nowhere)).send(a_device(), HELLO, NOW).became == "later"
    assert (
        Push(vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=lambda *_: [])).send(a_device(), HELLO, NOW).became
        == "refused"
    )


def name_only(host: str, port: int) -> list[str]:
    """The real look-up as far as the network, which is not asked."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]


@pytest.mark.parametrize("url", UNNAMEABLE, ids=lambda url: f"{url[8:30]}-{len(url)}")
def test_a_name_nobody_can_have_ends_as_an_outcome(vapid, url):
    push = Push(vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=name_only))
    assert push.send(a_device(url), HELLO, NOW).became in ("refused", "later")


_LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=80)
_PATH = st.text([chr(letter) for letter in range(0x21, 0x7F)], max_size=60)


_NOWHERE = wire.Wire(look_up=name_only)


@settings(max_examples=400, deadline=None)
@given(st.lists(_LABEL, max_size=4), st.sampled_from(PUSH_HOSTS), _PATH)
def test_no_name_below_a_permitted_host_makes_the_sender_stumble(labels, host, path):
    try:
        found = endpoint(f"https://{'.'.join([*labels, host])}/{path}", PUSH_HOSTS)
    except BadEndpoint:
        return
    with pytest.raises(wire.Unreachable):
        _NOWHERE.post(found, {}, b"")


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_real_push_services_have_addresses_we_speak_to(address):
    assert is_public(address)


def test_the_connection_goes_to_the_very_address_that_was_checked(vapid, service):
    answers, went = iter([[PUBLIC], ["127.0.0.1"]]), []

    def connect(address, port, seconds):
        went.append((address, port))
        return wire.connect("127.0.0.1", service.port, seconds)

    push = Push(vapid, CONTACT, PUSH_HOSTS, service.wire(look_up=lambda *_: next(answers), connect=connect))
    assert push.send(service.device().keys, HELLO, NOW).became == "delivered"
    assert went == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("given", "origin", "path"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b-c_d", "https://fcm.googleapis.com", "/fcm/send/a:b-c_d"),
        ("https://web.push.apple.com/QGu", "https://web.push.apple.com", "/QGu"),
        (
            "https://wns2-by3p.notify.windows.com/w/?token=a%2fb%3d",
            "https://wns2-by3p.notify.windows.com",
            "/w/?token=a%2fb%3d",
        ),
        ("https://FCM.googleapis.com:443/x", "https://fcm.googleapis.com", "/x"),
        ("https://push.example.org:8443/x", "https://push.example.org:8443", "/x"),
        ("https://fcm.googleapis.com", "https://fcm.googleapis.com", "/"),
    ],
)
def test_a_permitted_endpoint_is_built_again_from_its_checked_parts(given, origin, path):
    found = endpoint(given, (*PUSH_HOSTS, "push.example.org:8443"))
    assert (found.origin, found.path) == (origin, path)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80).map(lambda text: "https://" + text) | st.text(max_size=80))
def test_no_text_makes_the_check_of_an_endpoint_stumble(text):
    try:
        found = endpoint(text, PUSH_HOSTS)
    except BadEndpoint:
        return
    assert found.host.endswith(PUSH_HOSTS)


def test_the_reason_of_a_refusal_never_repeats_the_endpoint():
    for hostile in endpoints(8443):
        with pytest.raises(BadEndpoint) as refused:
            endpoint(hostile, PUSH_HOSTS)
        assert not hostile or hostile not in str(refused.value)
