"""The stage of the fuzz: the roles, their things, and a right request for every door."""

from tests.conftest import enter, new_id
from tests.linking import invite, link
from tests.web.people import PASSWORD, begin, beginning, give_password, journey

ROLES = ("owner", "therapist", "stranger", "nobody", "ended")
# The browser's key of RFC 8291, appendix A.
KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/"
CREDENTIAL = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}}
MADE = {**CREDENTIAL, "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}
SHOWN = {**CREDENTIAL, "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}


class Stage:
    """The roles, their things, and a right request for every door."""

    def __init__(self, app):
        self.app = app
        self.ladder, self.step, self.space = new_id(), new_id(), new_id()
        self.roles, self.cookies = {}, {}
        for name in ROLES:
            self.enter(name)

    def enter(self, name):
        """This role begins (anew, when a request ended or deleted the one before)."""
        if name in ("nobody", "ended"):
            self.keep(name, self.app.test_client(), "f" * 64 if name == "ended" else "")
            return
        actor = enter(self.app, "therapist") if name == "therapist" else begin(self.app)
        if name == "owner":
            self.ladder, self.step, self.space = new_id(), new_id(), new_id()
            self.owner = actor
            actor.sync(*self.edits())
            give_password(actor, f"owner-{actor.person}")
            self.code = ""
        if name == "therapist":
            self.take_back_invitations()
            told = link(self.owner, actor, {self.space: "propose"}, entries="all")
            self.consent, self.thread = told["id"], told["thread"]
            self.code = invite(self.owner)
        self.keep(name, actor.client, actor.client.get_cookie("ippo").value)

    def take_back_invitations(self):
        """Five are open at most, and requests make them, too."""
        for one in self.owner.client.get("/api/invitations").get_json()["invitations"]:
            assert self.owner.client.delete(f"/api/invitations/{one['id']}").status_code == 204

    def begin_anew(self, name):
        """This role; of an owner also whoever reads with them."""
        self.enter(name)
        if name == "owner":
            self.enter("therapist")

    def keep(self, name, client, cookie):
        self.roles[name], self.cookies[name] = client, cookie
        self.be_themselves(name)

    def be_themselves(self, name):
        """A request may have begun or ended an account: the cookie of this role is put back."""
        client = self.roles[name]
        held = client.get_cookie("ippo")
        if (held.value if held else "") != self.cookies[name]:
            client.delete_cookie("ippo", domain="localhost")
            if self.cookies[name]:
                client.set_cookie("ippo", self.cookies[name], domain="localhost")

    def edits(self):
        owner, during = self.owner, [[1763760000000, 50]]
        return [
            owner.edit("add", "ladder", self.ladder, self.space, title="外へ", position="a0"),
            owner.edit(
                "add", "step", self.step, self.space, ladder=self.ladder, title="窓", position="a0", predicted=30
            ),
            owner.edit("set", "step", self.step, self.space, title="窓を開ける", base={"title": 1}),
            owner.add("attempt", step=self.step, title="窓", before=60, during=during, feelings=["calm"]),
            owner.add("rest", day="2026-11-20", note="雨", sharing="private"),
            *journey(owner, lambda _: "ひとりの言葉"),
            owner.add("comment", self.space, target=self.step, target_kind="step", text="どうでしたか"),
            owner.add("idea", self.space, step=self.step, days=[0], time="18:30", words="そとへ"),
            owner.add("note", about=new_id(), text="ひとりごと"),
            owner.add("reminder", step=self.step, days=[0, 3], time="18:30", zone="Asia/Tokyo", words="そとへ"),
        ]

    def ids(self):
        """What an address may name."""
        return (new_id(), self.step, self.ladder, self.space, self.thread, self.consent, self.owner.person)

    def body(self, method, rule):
        """A right body for a door that reads one; None where there is none to send."""
        made = self.bodies().get((method, rule))
        return None if made is None else made()

    def bodies(self):
        """How a right body is made, for every door that reads one."""
        empty = dict
        return {
            ("POST", "/api/sync"): lambda: {
                "v": 1, "device": new_id(), "zone": "Asia/Tokyo", "cursors": {self.space: 0, self.owner.space: 1},
                "spaces": [self.space, self.owner.space], "edits": self.edits(),
            },
            ("POST", "/api/start"): beginning,
            ("PUT", "/api/me"): lambda: {"language": "ja", "zone": "Asia/Tokyo"},
            ("PUT", "/api/password"): lambda: {"name": f"name-{new_id()}", "password": PASSWORD},
            ("POST", "/api/signin"): lambda: {"name": "owner", "password": PASSWORD, "device": "x", "bring": False},
            ("POST", "/api/signin/recovery"): lambda: {
                "code": "00000-00000-00000-00000-00000", "device": "x", "bring": False
            },
            ("POST", "/api/signin/passkey"): lambda: {
                "ceremony": new_id(), "credential": SHOWN, "device": "x", "bring": False
            },
            ("POST", "/api/signin/passkey/options"): empty,
            ("POST", "/api/passkeys"): lambda: {"ceremony": new_id(), "credential": MADE},
            ("POST", "/api/passkeys/options"): empty,
            ("POST", "/api/recovery"): empty,
            ("POST", "/api/signout"): empty,
            ("POST", "/api/import"): lambda: {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": [
                {"id": new_id(), "kind": "rest", "fields": {"day": "2026-11-20", "note": "雨"}}]}]},
            ("PUT", "/api/push"): lambda: {"endpoint": ENDPOINT + new_id(), "keys": KEYS},
            ("DELETE", "/api/push"): lambda: {"endpoint": ENDPOINT + new_id()},
            ("POST", "/api/push/test"): lambda: {"endpoint": ENDPOINT + new_id()},
            ("POST", "/api/calendar"): empty,
            ("DELETE", "/api/calendar"): None,
            ("PUT", "/api/mailbox"): lambda: {"address": "ada@mail.example"},
            ("POST", "/api/mailbox/confirm"): lambda: {"code": "123456"},
            ("DELETE", "/api/mailbox"): None,
            ("POST", "/mail/off/<token:token>"): None,
            ("POST", "/api/invitations"): empty,
            ("POST", "/api/invitations/look"): lambda: {"code": self.code},
            ("POST", "/api/invitations/accept"): lambda: {"code": self.code, "name": "テオ", "reads_days": [1]},
            ("PUT", "/api/consents/<uuid:consent>"): lambda: {
                "ladders": {self.space: "write"}, "entries": "chosen", "messages": True
            },
            ("DELETE", "/api/consents/<uuid:consent>"): None,
            ("DELETE", "/api/invitations/<uuid:invitation>"): None,
            ("PUT", "/api/together/<uuid:space>"): empty,
            ("DELETE", "/api/together/<uuid:space>"): None,
            ("PUT", "/api/together/<uuid:space>/here"): lambda: {"step": self.step},
            ("POST", "/api/totp"): empty,
            ("POST", "/api/totp/confirm"): lambda: {"code": "123456"},
            ("DELETE", "/api/totp"): None,
            ("POST", "/api/signin/factor"): lambda: {"code": "123456"},
            ("DELETE", "/api/logins/<uuid:login>"): None,
            ("DELETE", "/api/passkeys/<uuid:passkey>"): None,
            ("DELETE", "/api/account"): None,
        }  # fmt: skip
