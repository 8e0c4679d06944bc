"""Found through the person: somebody else's id and one that never was get the same answer, byte for byte."""

import pytest

from tests.conftest import let_in, new_id
from tests.web.people import begin, give_password

# What a PUT says; where none is named here, an empty object.
BODIES = {
    "/api/consents/{}": {"ladders": {}, "entries": "none", "messages": False},
    "/api/together/{}/here": {"step": None},
}


def ask(client, method, path, any_id):
    body = {"json": BODIES.get(path, {})} if method in ("PUT", "POST") else {}
    return client.open(path.format(any_id), method=method, **body)


@pytest.fixture
def theirs(app):
    """Una's things: ids that exist and are nobody else's."""
    una = begin(app)
    give_password(una, "una")
    space, ladder, step, rest = new_id(), new_id(), new_id(), new_id()
    una.sync(
        una.edit("add", "ladder", ladder, space, title="外へ", position="a0"),
        una.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0"),
        una.edit("add", "rest", rest, day="2026-11-20"),
    )
    invitation = una.client.post("/api/invitations", json={}).get_json()["id"]
    return {
        "invitation": invitation,
        "login": una.client.get("/api/me").get_json()["login"],
        "rows": [ladder, step, rest, una.space],
        "spaces": [space, una.space],
        "person": una.person,
    }


def told(answer):
    skip = {"Date", "Content-Length"}
    return answer.status_code, answer.data, [(k, v) for k, v in answer.headers if k not in skip]


def with_ids(app):
    """Every /api rule that takes an id: (method, path with {})."""
    for rule in app.url_map.iter_rules():
        if str(rule).startswith("/api/") and rule.arguments:
            (name,) = rule.arguments
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield method, str(rule).replace(f"<uuid:{name}>", "{}")


def test_every_route_that_takes_an_id_answers_for_a_strangers_as_for_none(app, ada, theirs):
    routes = list(with_ids(app))
    assert {path for _, path in routes} >= {"/api/logins/{}", "/api/history/{}"}
    for method, path in routes:
        assert "<" not in path, f"{path} takes an id of another kind: look at it here"
        for stranger in [theirs["login"], theirs["person"], theirs["invitation"], *theirs["rows"], *theirs["spaces"]]:
            one = ask(ada.client, method, path, stranger)
            none = ask(ada.client, method, path, new_id())
            assert told(one) == told(none)
            assert one.status_code == 404


def test_an_edit_of_a_strangers_row_is_answered_as_one_of_no_row(app, ada, theirs):
    def answer(space, target):
        body = ada.sync(ada.edit("set", "step", target, space, title="mine now"))
        return {**body["answers"][0], "id": ""}, {s: {} for s in body["spaces"]}

    for space in theirs["spaces"]:
        for target in theirs["rows"]:
            assert answer(space, target) == answer(new_id(), new_id())
            assert answer(ada.space, target) == answer(ada.space, new_id())


def test_a_cursor_for_a_strangers_space_tells_nothing(ada, theirs):
    for space in theirs["spaces"]:
        missing = new_id()
        one, none = ada.sync(**{space: 0})["spaces"], ada.sync(**{missing: 0})["spaces"]
        assert one.pop(space) == none.pop(missing) == {"gone": True}
        assert one == none


def test_a_strangers_id_can_be_used_for_ones_own_row(ada, theirs):
    step = theirs["rows"][1]
    body = ada.sync(ada.edit("add", "attempt", step, step=step, title="mine"))
    assert body["answers"][0]["outcome"] == "written"


def test_a_strangers_edit_id_tells_nothing(app, ada, theirs):
    una = begin(app)
    edit = una.add("rest", day="2026-11-20")
    una.sync(edit)
    mine = {**ada.add("rest", day="2026-11-21"), "id": edit["id"]}
    assert ada.sync(mine)["answers"][0]["outcome"] == "written"


def test_the_private_space_is_shut_for_whoever_shares_the_ladder(app, ada, theo, ladder):
    attempt = new_id()
    ada.sync(ada.edit("add", "attempt", attempt, step=ladder.step, title="窓を開ける", before=70))
    let_in(app, theo.person, ladder.space, "editor")
    assert theo.client.get(f"/api/history/{ladder.step}").status_code == 200
    assert told(theo.client.get(f"/api/history/{attempt}")) == told(theo.client.get(f"/api/history/{new_id()}"))
    assert ada.space not in theo.sync()["spaces"]


def test_nobody_is_asked_to_sign_in_first_whatever_the_id(app, client, theirs):
    for method, path in with_ids(app):
        for any_id in (theirs["login"], theirs["rows"][0], new_id()):
            assert ask(client, method, path, any_id).status_code == 401


@pytest.mark.parametrize("odd", ["1", "../me", "%00", "A" * 36, "00000000-0000-0000-0000-00000000000g"])
def test_what_is_no_id_is_answered_like_any_missing_page(ada, odd):
    assert ada.client.get(f"/api/history/{odd}").status_code == 404
    assert ada.client.get(f"/api/history/{odd}").get_json()["error"] == "not_found"
