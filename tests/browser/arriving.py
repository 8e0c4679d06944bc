"""How a therapist comes to their desk and leaves it, on the screen; and a person who invites, by the API."""

import base64
import os
import uuid

import pyotp
from playwright.sync_api import expect

from tests.browser.pair import PASSWORD, post

NAME = "テオ先生"


def begun(context, url):
    """A person begins, by the API."""
    secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    ids = {"person": str(uuid.uuid4()), "space": str(uuid.uuid4()), "secret": secret}
    post(context, f"{url}/api/start", **ids, nickname="エイダ", language="ja", zone="Asia/Tokyo", device="")


def invited(ada, url):
    """A fresh invitation of hers, with its code and its link."""
    return post(ada, f"{url}/api/invitations")


def gives_a_name(hand):
    hand.sees("join/:code")
    hand.type("Your name, as the person knows you", NAME)
    hand.tap("Go on")
    hand.sees("before/factor")


def chooses_a_password(hand, name):
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(PASSWORD)
    hand.tap("Keep this name and password")


def sets_up_the_app(hand):
    """Scan, type what it shows, keep the paper codes; (the seed, the codes)."""
    hand.tap("Set up the app")
    expect(hand.page.locator(".qr path")).to_be_attached()
    seed = "".join(hand.page.locator(".code span").all_text_contents())
    hand.type("The six digits it shows now", pyotp.TOTP(seed).now())
    hand.tap("Go on")
    codes = hand.page.locator(".codes li")
    expect(codes).to_have_count(10)
    paper = codes.all_text_contents()
    hand.tap("I have kept them")
    return seed, paper


def answers(hand, *days):
    hand.sees("join/:code")
    for day in days:
        hand.page.get_by_label(day, exact=True).check()
    hand.tap("Accept the invitation")
    hand.sees("")


def signs_out(hand):
    hand.goes("/settings")
    hand.sees("settings")
    hand.tap("Sign out")
    hand.sees("before/nobody")


def comes_in(hand, name, password=PASSWORD):
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(password)
    hand.tap("Come in")
