"""Affected: when a therapist's account was in other hands, everybody it touched is named, and nobody else."""

import time
from datetime import timedelta

import pytest

from exposure import affected, cli
from exposure.db import connection, writing
from tests.conftest import enter, new_id, sign_in
from tests.linking import accept, agree, invite, link, withdraw
from tests.proof import Proof
from tests.web.people import begin, come_in, give_password

DRILL = "Whom a planted breach touched, out of the access log"


def ladder_of(person):
    ladder, space = new_id(), new_id()
    person.sync(person.edit("add", "ladder", ladder, space, title="外へ", position="a0"))
    return space


def linked(app, therapist, **terms):
    """Somebody new who shares a ladder and all entries with this therapist."""
    person = enter(app)
    return person, link(person, therapist, {ladder_of(person): "propose"}, entries="all", **terms)


def opened(client, consent):
    assert client.get(f"/api/people/{consent['id']}").status_code == 200


def asked(app, clock, since, until=None, therapist=None):
    with app.app_context():
        return affected.touched(connection(), since, until or clock(), therapist)


def people(found, *, looked):
    return {one.person for one in found if (one.what != "nothing") == looked}


@pytest.mark.promise("Breach")
def test_a_planted_breach_names_everybody_it_touched_and_nobody_else(app, theo, una, clock, proof: Proof):
    """Expected is what the thief did and what was open; not what the tables say."""
    mine = [linked(app, theo) for _ in range(10)]
    hers = [linked(app, una) for _ in range(3)]
    never = enter(app)
    accept(theo, invite(never))  # said yes to nothing yet
    gone, ended = linked(app, theo)
    withdraw(gone, ended["id"])
    for _, consent in mine[:5]:
        opened(theo.client, consent)
    clock.pass_by(days=2)

    since = clock()
    thief = sign_in(app, theo.person)
    clock.pass_by(minutes=1)
    for _, consent in mine[3:8]:
        opened(thief, consent)
    opened(una.client, hers[0][1])
    left, parted = mine[8]
    withdraw(left, parted["id"])  # open in that night, and ended in it
    until = clock.pass_by(minutes=30)
    clock.pass_by(hours=5)
    opened(theo.client, mine[0][1])  # afterwards, themselves
    late = linked(app, theo)[0]

    began = time.monotonic()
    found = asked(app, clock, since, until, theo.person)
    took = time.monotonic() - began
    looked, only_open = people(found, looked=True), people(found, looked=False)
    seen_by_thief = {person.person for person, _ in mine[3:8]}
    could = {person.person for person, _ in [*mine[:3], *mine[8:]]}
    wrong = len(looked ^ seen_by_thief) + len(only_open ^ could)
    proof.line(
        DRILL,
        wanted="0 missed, 0 named wrongly, within 10 minutes",
        measured=f"{wrong} missed or wrong of {len(looked | only_open)} people, in {took:.2f} s",
    )
    assert (looked, only_open) == (seen_by_thief, could)
    assert not {never.person, gone.person, late.person} & (looked | only_open)
    assert len({one.login for one in found if one.login}) == 1
    assert took < timedelta(minutes=10).total_seconds()
    everybody = asked(app, clock, since, until)
    assert people(everybody, looked=True) == seen_by_thief | {hers[0][0].person}


def test_a_look_that_began_before_and_went_on_counts_and_so_does_the_very_moment(app, theo, clock):
    person, consent = linked(app, theo)
    clock.pass_by(hours=1)
    began = clock()
    opened(theo.client, consent)
    clock.pass_by(minutes=8)
    opened(theo.client, consent)
    at = began + timedelta(minutes=4)
    assert people(asked(app, clock, at, at), looked=True) == {person.person}
    assert people(asked(app, clock, began - timedelta(hours=1), began), looked=True) == {person.person}
    after = began + timedelta(minutes=9)
    assert people(asked(app, clock, after, after), looked=False) == {person.person}


def test_each_line_says_who_what_when_and_not_a_word(app, theo, clock):
    person, consent = linked(app, theo)
    other, _ = linked(app, theo)
    opened(theo.client, consent)
    told = list(affected.lines(asked(app, clock, clock() - timedelta(days=1))))
    assert len(told) == 3
    assert f"{person.person}  overview looked at by {theo.person} on login " in "\n".join(told)
    assert f"{other.person}  not looked at; open to {theo.person} from " in "\n".join(told)
    assert told[-1] == "2 people: 1 looked at, 1 open to be looked at, and not."
    assert not [word for word in ("外", "テオ") if word in "".join(told)]


def test_terms_that_were_narrowed_are_still_a_link(app, theo, clock):
    person, consent = linked(app, theo)
    agree(person, consent["id"], {}, entries="none", messages=False)
    assert people(asked(app, clock, clock()), looked=False) == {person.person}


def test_the_command_asks_for_a_moment_and_finds_by_the_name_one_signs_in_by(app, capsys, tmp_path):
    data = tmp_path / "house"
    assert cli.main(["migrate", "--data", str(data)]) == 0
    assert cli.main(["affected", "--data", str(data), "--since", "2026-11-20T21:00"]) == 0
    assert "0 people" in capsys.readouterr().out
    assert cli.main(["affected", "--data", str(data), "--since", "2026-11-20T21:00", "--name", "nobody"]) == 1
    assert "nobody signs in by that name" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["affected", "--data", str(data), "--since", "yesterday night"])


def test_a_list_that_was_opened_before_may_be_looked_at_until_that_login_ends(app, theo, clock):
    """The list leaves one line for each login, however often it is looked at."""
    person, _ = linked(app, theo)
    gone, ended = linked(app, theo)
    browser = sign_in(app, theo.person)
    assert browser.get("/api/people").status_code == 200
    clock.pass_by(hours=2)
    withdraw(gone, ended["id"])
    since = clock.pass_by(hours=1)
    assert browser.get("/api/people").status_code == 200  # in other hands, and no line of its own
    assert people(asked(app, clock, since), looked=True) == {person.person}
    assert gone.person not in {one.person for one in asked(app, clock, since)}
    clock.pass_by(hours=10)
    assert people(asked(app, clock, clock()), looked=True) == set()


@pytest.mark.parametrize("said", ["2026-11-20", "2026-11-20T21:00", "2026-11-20T21:00:30", "2026-11-21T06:00+09:00"])
def test_the_end_that_is_said_is_counted_to_its_end(said):
    first, last = cli.moment_said(said), cli.last_moment_said(said)
    assert first < last
    assert cli.moment_said("2026-11-20T21:00:30") <= last
    assert last - first < timedelta(days=1)


def test_a_question_that_names_nobody_by_mistake_is_refused(data, capsys):
    assert cli.main(["affected", "--data", str(data), "--since", "2026-11-20"]) == 1
    assert "no database" in capsys.readouterr().err
    assert not list(data.iterdir()), "a house was made where one was looked for"
    assert cli.main(["migrate", "--data", str(data)]) == 0
    question = ["affected", "--data", str(data), "--since", "2026-11-20T21:00"]
    nobody = ["--therapist", new_id()]
    for more, said in ((["--until", "2026-11-20T20:00"], "before --since"), (nobody, "no therapist")):
        assert cli.main([*question, *more]) == 1
        assert said in capsys.readouterr().err


def test_logins_are_ended_for_one_or_for_all_and_a_guest_is_never_shut_out(app, theo, clock):
    ada, ken, guest = begin(app), begin(app), begin(app)
    give_password(ada, "ada")
    give_password(ken, "ken")
    second = come_in(app, "ada")

    def shut_out(person):
        with app.app_context(), writing() as bound:
            return affected.sign_out(bound, person)

    def in_now(client):
        return client.get("/api/me").status_code == 200

    assert shut_out(ada.person) == 2
    assert [in_now(one) for one in (ada.client, second, ken.client, guest.client)] == [False, False, True, True]
    assert shut_out(guest.person) == 0
    assert come_in(app, "ada").get("/api/me").status_code == 200
    assert shut_out(None) == 2
    assert [in_now(one) for one in (ken.client, guest.client)] == [False, True]


def test_the_command_ends_by_name_and_says_how_many(tmp_path, capsys):
    data = tmp_path / "house"
    assert cli.main(["demo", "--data", str(data)]) == 0
    assert cli.main(["signout", "--data", str(data), "--name", "demo"]) == 0
    assert "logins are ended" in capsys.readouterr().out
    assert cli.main(["signout", "--data", str(data), "--name", "nobody"]) == 1
    assert "nobody signs in by that name" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["signout", "--data", str(data)])
