"""Push at the door: a device subscribes, says so again, tries it out, takes it back; strangers change nothing."""

import pytest
from sqlalchemy import func, select

from exposure.db import connection, writing
from exposure.heartbeats import beat
from exposure.push import Push
from exposure.subscriptions import Subscription
from tests.conftest import sign_in
from tests.hostile import endpoints
from tests.push_service import PushService

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def service(app):
    house = app.extensions["ippo"]
    made = PushService(public_key=house.vapid.application_key)
    house.push = Push.of(house.settings, house.vapid, made.wire(seconds=2))
    yield made
    made.close()


def kept(app):
    with app.app_context():
        return connection().execute(select(func.count()).select_from(Subscription)).scalar_one()


def put(client, device, **changes):
    return client.put("/api/push", json={**device.json, **changes}, headers=HERE)


def try_out(client, device):
    return client.post("/api/push/test", json={"endpoint": device.endpoint}, headers=HERE)


def test_a_device_subscribes_and_a_trial_is_shown_on_it(app, ada, service):
    device = service.device()
    assert put(ada.client, device, expirationTime=None).status_code == 200
    answer = try_out(ada.client, device)
    assert (answer.status_code, answer.get_json()) == (200, {"sent": True})
    (seen,) = service.seen
    assert seen.opened["tag"] == "r-trial"
    assert seen.opened["navigate"].endswith("/app#/reminders")


def test_saying_it_again_at_every_start_keeps_one_subscription(app, ada, service):
    device = service.device()
    ids = {put(ada.client, device).get_json()["subscription"] for _ in range(5)}
    assert len(ids) == 1
    assert kept(app) == 1


def test_a_device_takes_it_back_and_taking_it_back_twice_is_no_trouble(app, ada, service):
    device = service.device()
    put(ada.client, device)
    for _ in range(2):
        answer = ada.client.delete("/api/push", json={"endpoint": device.endpoint}, headers=HERE)
        assert answer.status_code == 200
    assert kept(app) == 0
    assert try_out(ada.client, device).status_code == 404


def test_signing_out_ends_the_nudges_of_that_device_only(app, ada, service):
    tablet = sign_in(app, ada.person)
    put(ada.client, service.device())
    put(tablet, service.device())
    assert ada.client.post("/api/signout", json={}, headers=HERE).status_code == 200
    assert kept(app) == 1


def test_whoever_is_not_signed_in_subscribes_nothing(app, client, service):
    device = service.device()
    assert put(client, device).status_code == 401
    assert try_out(client, device).status_code == 401
    assert client.delete("/api/push", json={"endpoint": device.endpoint}, headers=HERE).status_code == 401
    assert kept(app) == 0


def test_somebody_elses_device_is_neither_tried_nor_taken_nor_forgotten(app, ada, una, service):
    device = service.device()
    put(ada.client, device)
    stolen = {**device.json, "keys": {**device.json["keys"], "auth": "A" * 22}}
    assert una.client.put("/api/push", json=stolen, headers=HERE).status_code == 409
    assert try_out(una.client, device).status_code == 404
    una.client.delete("/api/push", json={"endpoint": device.endpoint}, headers=HERE)
    assert try_out(ada.client, device).status_code == 200


def test_another_device_of_the_same_person_tries_only_itself(app, ada, service):
    device = service.device()
    put(ada.client, device)
    assert try_out(sign_in(app, ada.person), device).status_code == 404


def test_no_hostile_endpoint_is_kept(app, ada, service):
    for url in endpoints(service.port):
        answer = put(ada.client, service.device(), endpoint=url)
        assert answer.status_code in (400, 429), url
        assert set(answer.get_json()) == {"error", "detail"}
    assert kept(app) == 0
    assert service.connections == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"endpoint": 5},
        {"endpoint": "", "keys": None},
        {"keys": {"p256dh": 1, "auth": 2}},
        {"endpoint": "https://x"},
    ],
)
def test_what_is_no_subscription_gets_a_sentence_in_the_persons_language(app, ada, service, body):
    answer = ada.client.put("/api/push", json=body, headers=HERE)
    assert answer.status_code == 400
    assert answer.get_json()["error"] == "bad_subscription"
    assert any("ぁ" <= letter <= "ん" for letter in answer.get_json()["detail"])


def test_an_endpoint_its_service_has_forgotten_is_told_so_that_the_browser_asks_for_another(app, ada, service):
    device = service.device()
    put(ada.client, device)
    service.answer(device, 410)
    assert try_out(ada.client, device).status_code == 410
    assert kept(app) == 0
    assert put(ada.client, device).status_code == 410
    assert put(ada.client, service.device()).status_code == 200


@pytest.mark.parametrize(("status", "told"), [(500, 503), (429, 503), (400, 400), (403, 400)])
def test_a_trial_that_does_not_arrive_says_so(app, ada, service, status, told):
    device = service.device()
    put(ada.client, device)
    service.answer(device, status)
    answer = try_out(ada.client, device)
    assert answer.status_code == told
    assert "endpoint" not in answer.get_data(as_text=True)


def test_trials_are_not_without_end(app, ada, service):
    device = service.device()
    put(ada.client, device)
    statuses = [try_out(ada.client, device).status_code for _ in range(12)]
    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429


def test_no_other_site_can_subscribe_a_person(app, ada, service):
    answer = ada.client.put("/api/push", json=service.device().json, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert kept(app) == 0


# ---- health


def health(client):
    answer = client.get("/healthz")
    return answer.status_code, answer.get_json()["clock"]


def test_a_house_whose_clock_fell_silent_says_so_within_a_minute(app, client, clock):
    assert health(client) == (200, "none")
    with app.app_context(), writing() as bound:
        beat(bound, clock())
    clock.pass_by(seconds=60)
    assert health(client) == (200, "alive")
    clock.pass_by(seconds=1)
    assert health(client) == (503, "silent")


def test_a_house_whose_signature_is_refused_says_so(app, client, clock):
    with app.app_context(), writing() as bound:
        beat(bound, clock(), "outage")
    assert health(client) == (200, "outage")
