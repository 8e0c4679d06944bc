"""The proof of the proof: known bugs are planted one at a time, and the machine finds each.

The switch is here in the tests; the product has none.
"""

import dataclasses

import pytest

from exposure import exchange, guests, history, merge, rows, sync
from exposure.merge import Decision
from exposure.spaces import Place
from tests import planted_alone, planted_link
from tests.test_sync_machine import prove

ENOUGH = 500


def last_writer_wins(patch):
    patch.setattr(merge, "is_stale", lambda *_: False)


def losing_words_are_dropped(patch):
    patch.setattr(sync, "_propose", lambda *_: None)


def the_owner_loses_to_whoever_came_first(patch):
    plain = merge._settle
    patch.setattr(merge, "_settle", lambda d, e, row, _role, *rest: plain(d, e, row, "editor", *rest))


def words_the_owner_wrote_over_are_dropped(patch):
    plain = sync.decide

    def decide(edit, row, role, actor):
        decision = plain(edit, row, role, actor)
        if role == "owner":
            decision.losses.clear()
        return decision

    patch.setattr(sync, "decide", decide)


def a_repeated_edit_is_applied_again(patch):
    # As a server that keeps no answers: the log forgets the id, so the row is written a second time.
    plain = history.record
    patch.setattr(history, "answered", lambda *_: {})
    patch.setattr(history, "record", lambda bound, log: plain(bound, [e | {"id": sync.uuid.uuid4().hex} for e in log]))


def one_refused_edit_blocks_those_behind_it(patch):
    plain = sync._apply
    blocked = {}

    def apply(turn, edit):
        if blocked.get(id(turn)):
            return history.Answer(edit.id, "written")
        answer = plain(turn, edit)
        blocked[id(turn)] = answer.outcome == "refused"
        return answer

    patch.setattr(sync, "_apply", apply)


def a_refused_edit_is_called_written(patch):
    plain = sync._apply
    patch.setattr(sync, "_apply", lambda turn, edit: dataclasses.replace(plain(turn, edit), outcome="written"))


def only_the_first_edit_of_a_batch_is_kept(patch):
    plain = sync._write
    seen = set()

    def write(turn, edit, place, decision):
        if id(turn) in seen:
            return [[name, None, value] for name, value in decision.writes.items()]
        seen.add(id(turn))
        return plain(turn, edit, place, decision)

    patch.setattr(sync, "_write", write)


def a_set_forgets_the_fields_it_does_not_name(patch):
    plain = sync._write

    def write(turn, edit, place, decision):
        row = turn.rows.get((edit.space, edit.target))
        if row is not None and row.kind == "step":
            row.fields = {}
        return plain(turn, edit, place, decision)

    patch.setattr(sync, "_write", write)


def a_changed_row_keeps_its_old_revision(patch):
    plain = rows._values
    patch.setattr(rows, "_values", lambda row, revision, key: plain(row, max(1, revision - 2), key))


def the_cursor_runs_ahead_of_the_rows(patch):
    plain = exchange._pull_of
    patch.setattr(
        exchange, "_pull_of", lambda *given: dataclasses.replace(pull := plain(*given), revision=pull.revision + 1)
    )


def a_page_ends_in_the_middle_of_a_revision(patch):
    def pull_of(turn, place, found, cut, cursor):
        mine = [r for r in found[: rows.PAGE] if r.space_id == place.id]
        revision = mine[-1].revision if mine else cursor if cut else place.revision
        told = [wire for r in mine if (wire := exchange._wire(turn, place, r))]
        return exchange.Pull(place, revision, told, revision < place.revision)

    patch.setattr(exchange, "_pull_of", pull_of)


def who_wrote_is_not_remembered(patch):
    plain = sync._write

    def write(turn, edit, place, decision):
        changes = plain(turn, edit, place, decision)
        turn.rows[edit.space, edit.target].writers.clear()
        return changes

    patch.setattr(sync, "_write", write)


def versions_are_counted_from_the_add_only(patch):
    plain = sync._write

    def write(turn, edit, place, decision):
        row = turn.rows.get((edit.space, edit.target))
        before = dict(row.versions) if row else {}
        changes = plain(turn, edit, place, decision)
        turn.rows[edit.space, edit.target].versions.update(before)
        return changes

    patch.setattr(sync, "_write", write)


def withdrawn_consent_is_not_looked_at(patch):
    spaces = {}
    plain = exchange.places_of

    def places_of(bound, person, now, **how):
        found = plain(bound, person, now, **how)
        kept = spaces.setdefault(person, {})
        kept.update(found)
        return dict(kept)

    patch.setattr(exchange, "places_of", places_of)


def the_owners_private_space_comes_along(patch):
    plain = exchange.places_of

    def places_of(bound, person, now, **how):
        found = plain(bound, person, now, **how)
        for place in list(found.values()):
            if place.owner != person:
                found |= {
                    other.id: Place(other.id, other.kind, "viewer", other.revision, other.owner, other.key_wrapped)
                    for other in plain(bound, place.owner, now).values()
                    if other.kind == "private"
                }
        return found

    patch.setattr(exchange, "places_of", places_of)


def one_guest_is_told_of_another(patch):
    patch.setattr(guests, "is_hidden", lambda *_: False)


def what_was_put_away_travels_with_its_words(patch):
    patch.setattr(guests, "is_put_away", lambda *_: False)


def the_owner_brings_back_what_its_author_took_back(patch):
    patch.setattr(merge, "_is_taken_back", lambda *_: False)


def who_else_wrote_is_named(patch):
    patch.setattr(guests.Reader, "knows", lambda *_: True)


def a_proposers_words_are_written_at_once(patch):
    patch.setattr(merge, "_propose", lambda edit, _row, _actor: Decision("written", writes=dict(edit.fields)))


def edits_are_applied_but_not_logged(patch):
    plain = history.record
    patch.setattr(history, "record", lambda bound, log: plain(bound, [e for e in log if e["verb"] == "add"]))


BUGS = [
    last_writer_wins,
    losing_words_are_dropped,
    the_owner_loses_to_whoever_came_first,
    words_the_owner_wrote_over_are_dropped,
    a_repeated_edit_is_applied_again,
    one_refused_edit_blocks_those_behind_it,
    a_refused_edit_is_called_written,
    only_the_first_edit_of_a_batch_is_kept,
    a_set_forgets_the_fields_it_does_not_name,
    a_changed_row_keeps_its_old_revision,
    the_cursor_runs_ahead_of_the_rows,
    a_page_ends_in_the_middle_of_a_revision,
    who_wrote_is_not_remembered,
    versions_are_counted_from_the_add_only,
    withdrawn_consent_is_not_looked_at,
    the_owners_private_space_comes_along,
    edits_are_applied_but_not_logged,
    the_owner_brings_back_what_its_author_took_back,
    *planted_alone.BUGS,
    *planted_link.BUGS,
]
# Two therapists, a call, or something put away must meet a look: some seeds need more runs than a day's test has.
RARE = [
    one_guest_is_told_of_another,
    what_was_put_away_travels_with_its_words,
    who_else_wrote_is_named,
    a_proposers_words_are_written_at_once,
    *planted_link.RARE,
]


@pytest.fixture
def engine_name():
    """A planted bug is looked for on one database; both run the same code."""
    return "sqlite"


EVERY = [*BUGS, *(pytest.param(bug, marks=pytest.mark.nightly) for bug in RARE)]


@pytest.mark.parametrize("bug", EVERY, ids=lambda bug: bug.__name__)
def test_the_machine_finds_a_planted_bug(app, monkeypatch, bug):
    monkeypatch.setattr("exposure.rows.PAGE", 12)
    bug(monkeypatch)
    with pytest.raises(AssertionError):
        prove(app, ENOUGH * (4 if bug in RARE else 1))
