"""The plugin of the sweep (canaries.py): where words are heard, and where it looks."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserType

from exposure.vault import PersonKey
from tests.canaries import RUN, Sweep

HOUSE = ("ippo", "exposure")
STAFF = (
    "gunicorn",
    "werkzeug",
    "apscheduler",
    "sqlalchemy",
    "alembic",
    "flask",
)  # heard from WARNING on, as in a house

PLAIN = {*vars(logging.makeLogRecord({})), "message", "asctime"}  # of every line
FOUND = "Words that were written in this test lie where they have no business to be:"


class Ear(logging.Handler):
    """Hears every line that a house would log, with the traceback it would print."""

    def emit(self, record: logging.LogRecord) -> None:
        name = record.name.partition(".")[0]
        if name in HOUSE or (name in STAFF and record.levelno >= logging.WARNING):
            said = logging.Formatter().format(record)
            beside = {name: value for name, value in vars(record).items() if name not in PLAIN}
            RUN.leave("a log line", f"{said} {beside or ''}")


def overhear_request(request: Any) -> None:
    """A request of a real browser, its worker's too."""
    where = urlsplit(request.url)
    if where.scheme not in {"http", "https"}:
        return
    RUN.leave("an address", request.url)
    RUN.hear(request.post_data_buffer)


def overhear_place(frame: Any) -> None:
    """Where a page stands, with what follows the #: it stays in the history of the phone. An invitation is its code."""
    RUN.leave("an address", frame.url.partition("#/join/")[0])


def overhear(context: Any) -> None:
    context.on("request", overhear_request)
    context.on("page", lambda page: page.on("framenavigated", overhear_place))


def _wrap(owner: Any, name: str, after: Any) -> None:
    """Let `after(result, arguments…)` see what a method was given and gave."""
    plain = getattr(owner, name)

    def heard(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = plain(self, *args, **kwargs)
        after(result, *args, **kwargs)
        return result

    setattr(owner, name, heard)


def _asked(answer: Any, *_args: Any, **kwargs: Any) -> None:
    RUN.hear(kwargs.get("json") or (kwargs.get("data") if isinstance(kwargs.get("data"), str | bytes) else None))
    if answer.status_code >= 400:
        RUN.leave("a refusal", answer.get_data(as_text=True))


def pytest_configure(config: pytest.Config) -> None:
    logging.getLogger().addHandler(Ear())
    _wrap(PersonKey, "seal", lambda _sealed, text, *_where: RUN.hear(text))
    _wrap(FlaskClient, "open", _asked)
    for owner, name in ((Browser, "new_context"), (BrowserType, "launch_persistent_context")):
        _wrap(owner, name, lambda context, *_a, **_k: overhear(context))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "teardown":
        for _, name, said in item._report_sections:  # type: ignore[attr-defined]
            if name in {"stdout", "stderr"}:
                RUN.leave("what a process said", said)
        found = RUN.look()
        if found and report.passed:
            report.outcome = "failed"
            report.longrepr = (
                "Words that were written in this test lie where they have no business to be:\n"
                + "\n".join(each[:600] for each in found[:20])
            )
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever sums up what the run left comes last."""
    items.sort(key=lambda item: "sums_up" in item.fixturenames)  # type: ignore[attr-defined]


@pytest.fixture
def sums_up() -> Sweep:
    return RUN


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if RUN.looked:
        looked = ", ".join(f"{count:,} × {where}" for where, count in sorted(RUN.looked.items()))
        terminalreporter.write_line(f"Swept: {len(RUN.ever):,} words; {looked}.")
