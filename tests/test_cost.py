"""What a request costs does not grow with the account: a constant number of statements."""

import pytest

from tests.conftest import enter, new_id
from tests.statements import watched
from tests.test_consents import confirmed

DAY = "2026-11-21"


def fill(ada, ladder, times):
    """Make the account larger: attempts, rests, steps, and more ladders."""
    for _ in range(times):
        ada.sync(
            *(ada.add("attempt", step=ladder.step, before=50, after=20, outcome="did") for _ in range(30)),
            *(ada.add("rest", day=DAY) for _ in range(10)),
            *(
                ada.edit("add", "step", new_id(), ladder.space, ladder=ladder.id, title="一歩", position="a1")
                for _ in range(20)
            ),
            ada.edit("add", "ladder", new_id(), new_id(), title="もうひとつ", position="a2"),
        )


def requests(ada, ladder):
    """The requests of a day, by name."""
    target = new_id()
    ada.sync(ada.edit("add", "attempt", target, step=ladder.step, before=60))
    known = {space: one["revision"] for space, one in ada.sync()["spaces"].items()}
    return {
        "who am I": lambda: ada.client.get("/api/me"),
        "nothing new": lambda: ada.sync(**known),
        "one rating": lambda: ada.sync(ada.change("attempt", target, after=20), **known),
        "one wording": lambda: ada.sync(ada.change("step", ladder.step, ladder.space, title="x"), **known),
        "a day's work at once": lambda: ada.sync(
            *(ada.add("attempt", step=ladder.step, before=50) for _ in range(20)), **known
        ),
        "everything, on a new phone": ada.sync,
        "history of a step": lambda: ada.client.get(f"/api/history/{ladder.step}"),
        "history of a ladder": lambda: ada.client.get(f"/api/history/ladder/{ladder.space}"),
        "devices": lambda: ada.client.get("/api/logins"),
    }


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("who am I", 2),
        ("nothing new", 2),
        ("one rating", 11),
        ("one wording", 9),
        ("a day's work at once", 11),
        ("everything, on a new phone", 3),
        ("history of a step", 4),
        ("history of a ladder", 3),
        ("devices", 2),
    ],
)
def test_statements_of_a_request_do_not_grow_with_the_account(ada, ladder, name, most):
    fill(ada, ladder, 1)
    before = requests(ada, ladder)[name]
    with watched() as small:
        before()
    fill(ada, ladder, 8)
    after = requests(ada, ladder)[name]
    with watched() as large:
        after()
    assert len(small) == len(large), (small, large)
    assert len(large) <= most


def linked(ada, theo, ladder):
    """What two people ask of the house, by name."""
    consent = confirmed(ada, theo, ladder)
    spaces = [place for place, one in ada.sync()["spaces"].items() if one["kind"] == "ladder"]
    terms = {"entries": "all", "messages": True}
    here = f"/api/together/{ladder.space}"

    def agree(ladders):
        body = {**terms, "ladders": ladders}
        assert ada.client.put(f"/api/consents/{consent}", json=body).status_code == 200

    def change():
        agree(dict.fromkeys(spaces, "write"))
        agree(dict.fromkeys(spaces[:1], "propose"))

    return {
        "terms": change,
        "links": lambda: ada.client.get("/api/consents"),
        "together": lambda: (ada.client.put(here, json={}), ada.client.delete(here)),
        "here": lambda: (ada.client.put(f"{here}/here", json={"step": None}), ada.client.get(here)),
        "one person's spaces": lambda: theo.client.post(
            "/api/sync", json={"v": 1, "device": theo.device, "cursors": {}, "edits": [], "spaces": [ladder.space]}
        ),
        "withdrawing": lambda: ada.client.delete(f"/api/consents/{consent}"),
    }


@pytest.mark.parametrize(
    ("name", "most"),
    [("terms", 66), ("links", 4), ("together", 33), ("here", 8), ("one person's spaces", 10), ("withdrawing", 22)],
)
def test_statements_of_a_link_do_not_grow_with_what_is_shared(ada, theo, una, ladder, engine_name, name, most):
    fill(ada, ladder, 1)
    act = linked(ada, theo, ladder)[name]
    with watched() as small:
        act()
    fill(ada, ladder, 6)
    confirmed(ada, una, ladder)
    act = linked(ada, enter(ada.client.application, "therapist"), ladder)[name]
    with watched() as large:
        act()
    assert len(large) <= len(small), (small, large)
    assert len(large) <= most + (engine_name == "postgresql") * 4
