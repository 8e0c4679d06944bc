"""Mail: one letter to a mail server that takes it, refuses it, knows nobody, listens in, hangs or drips."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from exposure import postcard
from exposure.config import BadSetting, Settings
from exposure.mail import Mail
from tests.mail_server import NAME, PASSWORD, MailServer, Mute

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ADA = "ada@mail.example"


def mail_of(port, scheme="smtp", host="127.0.0.1", **more):
    made = Mail.of(
        Settings(smtp=f"{scheme}://{host}:{port}", mail_from="care@ippo.example", url="https://ippo.example")
    )
    return replace(made, **more)


def letter(to=ADA, language="en", name="one"):
    return postcard.reminder(
        language, "https://ippo.example", "care@ippo.example", to, about="r1", name=name, off="t" * 43, now=NOW
    )


def send(mail, to=ADA, tries=1):
    with mail.line() as line:
        return line.send(to, letter(to), NOW, tries)


def test_a_letter_arrives_as_it_was_written():
    with MailServer() as server:
        assert send(mail_of(server.port)).became == "delivered"
        (seen,) = server.seen
        assert server.envelopes == [("care@ippo.example", [ADA])]
    assert (seen["From"], seen["To"], seen["Subject"]) == ("Ippo <care@ippo.example>", ADA, "Ippo")
    assert seen["Message-ID"] == "<one@ippo.example>"
    assert seen["Auto-Submitted"] == "auto-generated"
    assert seen["List-Unsubscribe"] == f"<https://ippo.example/mail/off/{'t' * 43}>"
    assert seen["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert seen.get_content().splitlines()[::2] == [
        "Your reminder is here. Only if you like.",
        "https://ippo.example/app#/reminder/r1/open",
        "--",
        "No more of these mails:",
        f"https://ippo.example/mail/off/{'t' * 43}",
    ]


def test_a_letter_in_japanese_is_readable_japanese():
    with MailServer() as server:
        with mail_of(server.port).line() as line:
            line.send(ADA, letter(language="ja"), NOW)
        text = server.seen[0].get_content()
    assert text.startswith("お知らせです。")
    assert server.seen[0]["Content-Language"] == "ja"


def test_many_letters_go_over_one_connection():
    with MailServer() as server:
        with mail_of(server.port).line() as line:
            became = [line.send(ADA, letter(name=str(n)), NOW).became for n in range(5)]
        assert became == ["delivered"] * 5
        assert server.greetings == 1


def test_no_letter_is_made_of_an_address_that_would_write_headers_of_its_own():
    with pytest.raises(postcard.BadHeader):
        letter("=?utf-8?q?a=0D=0ABcc=3Av?=@mail.example")


# ---- nobody listens


@pytest.mark.parametrize(("tls", "scheme"), [("start", "smtp"), ("whole", "smtps")])
def test_a_password_travels_only_inside_tls(tls, scheme):
    with MailServer(tls, knows=True) as server:
        known = mail_of(server.port, scheme, "localhost", authorities=server.certificate, user=NAME, password=PASSWORD)
        assert send(known).became == "delivered"
        assert send(replace(known, password="another")).became == "outage"
        assert send(replace(known, authorities=None)).why == "SSLCertVerificationError"
        assert len(server.seen) == 1


def test_a_server_elsewhere_that_offers_no_tls_gets_nothing():
    """The same server under another name: only this very machine may be spoken to in the clear."""
    with MailServer() as server:
        outcome = send(mail_of(server.port, host="0.0.0.0"))
        assert (outcome.became, outcome.why) == ("outage", "SMTPNotSupportedError")
        assert server.seen == []


# ---- what a mail server answers


@pytest.mark.parametrize(
    ("answer", "became", "why"),
    [
        ("550 5.1.1 nobody of that name", "refused", "recipient"),
        ("450 4.2.1 the mailbox is busy", "later", "recipient"),
        ("452 4.2.2 the mailbox is full", "later", "recipient"),
    ],
)
def test_what_is_said_of_a_mailbox(answer, became, why):
    with MailServer() as server:
        server.answer(answer)
        with mail_of(server.port).line() as line:
            outcome = line.send(ADA, letter(), NOW)
            assert (outcome.became, outcome.why) == (became, why)
            # The connection is as good as before: the next letter goes over it.
            assert line.send("bea@mail.example", letter("bea@mail.example"), NOW).became == "delivered"
        assert server.greetings == 1


@pytest.mark.parametrize(("answer", "became"), [("554 5.7.1 no", "refused"), ("451 4.3.0 later", "later")])
def test_what_is_said_of_a_letter(answer, became):
    with MailServer() as server:
        server.answer(words=answer)
        outcome = send(mail_of(server.port))
        assert (outcome.became, outcome.why) == (became, "data")


def test_trouble_is_tried_again_and_each_time_later():
    with MailServer() as server:
        port = server.port
    waits = [send(mail_of(port), tries=n).retry_at - NOW for n in (1, 2, 3, 20)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("scheme", "drip"),
    [("smtp", b""), ("smtp", b"220 "), ("smtps", b""), ("smtps", b"\x16\x03\x03\x40\x00\x02\x00")],
    ids=["hangs", "drips", "hangs-tls", "drips-tls"],
)
def test_a_server_that_hangs_or_drips_is_left_in_time(scheme, drip):
    mute = Mute(drip)
    begun = time.monotonic()
    outcome = send(mail_of(mute.port, scheme, seconds=0.6))
    took = time.monotonic() - begun
    mute.close()
    assert outcome.became == "later"
    assert mute.connections == 1
    assert 0.5 < took < 5


# ---- where a house hands its mail in


def test_a_house_without_a_mail_server_has_no_mail():
    assert Mail.of(Settings()) is None


@pytest.mark.parametrize(
    "value",
    ["mail.example", "http://mail.example", "smtps://", "smtp://a:secret@mail.example", "smtp://m:99999", "smtp://m/x"],
)
def test_an_odd_mail_server_is_refused_and_not_told_back(value):
    with pytest.raises(BadSetting) as error:
        Settings.from_environment({"IPPO_SMTP": value, "IPPO_MAIL_FROM": "care@ippo.example"})
    assert "secret" not in str(error.value)


def test_mail_wants_to_know_from_whom():
    with pytest.raises(BadSetting, match="IPPO_MAIL_FROM"):
        Settings.from_environment({"IPPO_SMTP": "smtps://mail.example"})
    made = Settings.from_environment({"IPPO_SMTP": "smtps://mail.example", "IPPO_CONTACT": "care@ippo.example"})
    assert (made.mail_from, Mail.of(made).port) == ("care@ippo.example", 465)


def test_no_password_is_told_by_the_settings():
    made = Settings.from_environment(
        {"IPPO_SMTP": "smtp://mail.example", "IPPO_SMTP_PASSWORD": "canary", "IPPO_MAIL_FROM": "care@ippo.example"}
    )
    assert made.smtp_password == "canary"
    assert "canary" not in repr(made) + repr(Mail.of(made))
