"""A pair of keys, a push service of our own, and a sender whose wire ends there."""

from collections.abc import Iterator

import pytest

from exposure.config import PUSH_HOSTS, Settings
from exposure.keys import VapidKeys, vapid_keys
from exposure.push import Push
from tests.push_service import PushService
from tests.pushing import CONTACT


@pytest.fixture(scope="module")
def vapid(tmp_path_factory) -> VapidKeys:
    return vapid_keys(Settings(data=tmp_path_factory.mktemp("keys")))


@pytest.fixture(scope="module")
def sealer(vapid) -> Push:
    """A sender that is only asked to seal."""
    return Push(vapid, CONTACT, PUSH_HOSTS)


@pytest.fixture
def service(vapid) -> Iterator[PushService]:
    made = PushService(public_key=vapid.application_key)
    yield made
    made.close()


@pytest.fixture
def push(vapid, service) -> Push:
    return Push(vapid, CONTACT, PUSH_HOSTS, service.wire())
