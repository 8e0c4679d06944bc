"""What a script says to the bare core (`tests/browser/core.js`), and what the house has heard of it."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import func, select

from exposure.db import connection
from exposure.history import LoggedEdit
from tests.browser.servers import ThreadServer

Open = Callable[..., Page]
START = "() => ippo.here.startHere({nickname: 'エイダ', language: 'ja'})"
REST = """(note) => ippo.rows.write(
  ippo.rows.add('rest', ippo.rows.me().space, {day: '2026-11-21', note})).then(() => undefined)"""
NOTES = "() => ippo.rows.all('rest').map(({note}) => note).sort()"
STATUS = "() => ippo.status.status()"
QUIET = "() => ippo.rows.me()?.login && ippo.status.status().waiting === 0 && !ippo.status.status().syncing"


def logged(house: ThreadServer, person: str) -> int:
    with house.app.app_context():
        counted = select(func.count()).where(LoggedEdit.__table__.c.actor_id == person)
        return connection().execute(counted).scalar_one()
