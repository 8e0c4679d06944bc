"""Migrations make exactly the shape the models say, and can be undone and done again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, update

import exposure.clock  # noqa: F401 - whoever delivers knows tables that no request does
from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import Base, connection, db, writing
from exposure.history import LoggedEdit
from tests.conftest import MASTER, new_id


def tables(app):
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_make_the_shape_the_models_say(app):
    with app.app_context():
        context = MigrationContext.configure(connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_undone_leave_nothing_and_can_be_done_again(app):
    everything = tables(app)
    migrate.back_to(app, "base")
    assert tables(app) == set()
    migrate.to_present(app)
    assert tables(app) == everything == set(Base.metadata.tables)


def test_every_table_of_sqlite_is_strict(data):
    app = create_app(Settings(data=data, master_key=MASTER))
    migrate.to_present(app)
    with app.app_context():
        made = connection().exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").all()
    loose = {name for name, strict in made if not strict}
    assert loose == {"alembic_version", "sqlite_schema"}


def test_migrating_twice_changes_nothing(app):
    before = tables(app)
    migrate.to_present(app)
    assert tables(app) == before


def test_the_log_of_edits_comes_through_both_ways_with_every_line(app, ada, ladder):
    ada.sync(ada.change("step", ladder.step, ladder.space, title="少し開ける"), ada.change("step", new_id(), title="x"))
    before = ada.client.get(f"/api/history/{ladder.step}").get_json()
    with app.app_context():
        count = connection().exec_driver_sql("SELECT count(*) FROM edit").scalar()
    migrate.back_to(app, "0001")
    migrate.to_present(app)
    with app.app_context():
        assert connection().exec_driver_sql("SELECT count(*) FROM edit").scalar() == count == 4
    assert ada.client.get(f"/api/history/{ladder.step}").get_json() == before


def test_reminders_come_through_both_ways_and_still_fall_due(app, ada):
    daily = {"days": [0, 1, 2, 3, 4, 5, 6], "time": "21:30", "zone": "Asia/Tokyo"}
    on, off = (ada.add("reminder", on=on, **daily) for on in (True, False))
    ada.sync(on, off)
    before = reminders(app)
    assert len(before) == 2
    migrate.back_to(app, "0005")
    migrate.to_present(app)
    assert reminders(app) == before
    assert {row[0]: row[1] for row in before} == {on["target"]: 1, off["target"]: 0}


def reminders(app):
    with app.app_context():
        found = connection().exec_driver_sql(
            "SELECT id, live, again, unanswered, skip, tellings, day, due, until FROM reminder ORDER BY id"
        )
        return [tuple(row) for row in found]


def test_refused_edits_of_people_who_left_before_go_and_everybody_elses_stay(app, ada, una):
    ada.sync(ada.change("step", new_id(), title="x"))
    una.sync(una.change("step", new_id(), title="x"))
    migrate.back_to(app, "0012")
    with app.app_context(), writing() as bound:  # as a house of before left it
        bound.execute(update(LoggedEdit).where(LoggedEdit.actor_id == una.person).values(actor_id=new_id()))
    migrate.to_present(app)
    with app.app_context():
        assert connection().execute(select(LoggedEdit.actor_id)).scalars().all() == [ada.person]
