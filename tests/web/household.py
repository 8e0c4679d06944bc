"""Everybody who could stand before a door: Ada, those she let in, those she has not or no longer, and nobody."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from exposure import credentials
from exposure.credentials import Credential
from exposure.db import connection, writing
from exposure.logins import Login
from tests.conftest import Actor, enter, let_in, new_id, sign_in
from tests.linking import accept, invite, link, withdraw
from tests.web.people import journey

ROLES = (
    "anonymous",
    "owner",
    "proposer",
    "editor",
    "accepted",
    "invited",
    "ex",
    "person",
    "therapist",
    "supporter",
)
PERSONS = {"owner", "person", "supporter"}
THERAPISTS = set(ROLES) - PERSONS - {"anonymous"}
READERS = {"owner", "proposer", "editor", "supporter"}  # of the shared ladder
# Whose eyes each of Ada's words is for, besides her own.
SEEN_BY = {
    "ladder": {"proposer", "editor", "supporter"},
    "comment": {"proposer", "editor", "supporter"},
    "message": {"proposer"},
    "nickname": {"proposer", "editor"},
    "open": {"proposer", "editor"},  # an entry shown by itself
    "follows": {"editor"},  # an entry that follows the consent, which says "all"
    "diary shown": {"proposer", "editor"},  # a page of the diary, a check-in, the plan: each shown by itself
    "diary": set(),  # and not: no consent reaches them
    "support": set(),
    "private": set(),
    "running": set(),
    "other": set(),  # a ladder that is shared with nobody
    "settings": set(),
    "reminder": set(),
}


def word(name: str) -> str:
    """What Ada wrote at this place, and nobody anywhere else."""
    return f"canary-{name}-of-ada"


class Household:
    """Ada with a thing behind every door, and a visitor in each role."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cast: dict[str, Actor] = {role: enter(app, "person") for role in PERSONS}
        self.cast |= {role: enter(app, "therapist") for role in THERAPISTS}
        self.ada = self.cast["owner"]
        self.things: dict[str, str] = {}
        self.write()
        self.ask_them_in()
        self.show_devices()

    def client(self, role: str) -> FlaskClient:
        return self.app.test_client() if role == "anonymous" else self.cast[role].client

    def write(self) -> None:
        """One row of every kind she makes alone."""
        ada, space, other = self.ada, new_id(), new_id()
        entries = ("open", "follows", "private", "running")
        ids = {name: new_id() for name in ("ladder", "step", *entries, "rest", "reminder", "diary", "diary shown")}
        self.things = ids | {"space": space, "other space": other, "private space": ada.space, "other": new_id()}
        entry = {"step": ids["step"], "ladder": ids["ladder"], "outcome": "did", "before": 60, "after": 30}
        ada.sync(
            ada.edit("add", "setting", ada.space, nickname=word("nickname"), anchor_50=word("settings")),
            ada.edit("add", "ladder", ids["ladder"], space, title="外へ", wish=word("ladder"), position="a0"),
            ada.edit("add", "step", ids["step"], space, ladder=ids["ladder"], title=word("ladder"), position="a0"),
            ada.edit("add", "ladder", self.things["other"], other, title=word("other"), position="a1"),
            ada.edit("add", "attempt", ids["open"], **entry, sharing="open", found_out=word("open")),
            ada.edit("add", "attempt", ids["follows"], **entry, found_out=word("follows")),
            ada.edit("add", "attempt", ids["private"], **entry, sharing="private", found_out=word("private")),
            ada.edit("add", "attempt", ids["running"], **{**entry, "outcome": None}, guess=word("running")),
            ada.edit("add", "rest", ids["rest"], day="2026-11-20", sharing="private", note=word("private")),
            ada.edit(
                "add", "reminder", ids["reminder"], days=[0], time="18:30", zone="Asia/Tokyo", words=word("reminder")
            ),
            *journey(ada, lambda _: word("diary"), self.things["diary"], support=word("support")),
            *journey(ada, lambda _: word("diary"), sharing="private"),
            *journey(ada, lambda _: word("diary shown"), self.things["diary shown"], sharing="open", support=None),
        )

    def ask_them_in(self) -> None:
        """A consent in every state, a supporter, a thread with a word in it, a comment, a note of the therapist's."""
        ada, things = self.ada, self.things
        theo = link(ada, self.cast["proposer"], {things["space"]: "propose"}, entries="chosen")
        other = link(ada, self.cast["editor"], {things["space"]: "write"}, entries="all", messages=False)
        past = link(ada, self.cast["ex"], {things["space"]: "write", things["other space"]: "write"}, entries="all")
        withdraw(ada, past["id"])
        let_in(self.app, self.cast["supporter"].person, things["space"], "viewer")
        things |= {"other consent": other["id"], "ended": past["id"]}
        things |= {"consent": theo["id"], "thread": theo["thread"], "message": new_id(), "comment": new_id()}
        things |= {"accepted": accept(self.cast["accepted"], invite(ada)), "note": new_id()}
        self.code = invite(ada)
        things["invitation"] = ada.client.get("/api/invitations").get_json()["invitations"][0]["id"]
        about = {"target": things["step"], "target_kind": "step", "text": word("comment")}
        ada.sync(
            ada.edit("add", "comment", things["comment"], things["space"], **about),
            ada.edit("add", "message", things["message"], things["thread"], text=word("message")),
        )
        one = self.cast["proposer"]
        one.sync(one.edit("add", "note", things["note"], about=theo["id"], text="of theo alone"))

    def show_devices(self) -> None:
        """A passkey, and a second device; Ada has just shown who she is."""
        other = sign_in(self.app, self.ada.person)
        self.things["login"] = other.get("/api/me").get_json()["login"]
        at = self.app.extensions["ippo"].now()
        with self.app.app_context(), writing() as bound:
            credentials.add(bound, self.ada.person, "passkey", new_id(), at, secret=b"key")
            bound.execute(update(Login).where(Login.person_id == self.ada.person).values(proved=at))
        with self.app.app_context():
            keys = select(Credential.id).where(Credential.person_id == self.ada.person)
            self.things["passkey"] = connection().execute(keys).scalar_one()
