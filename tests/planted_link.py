"""Bugs to plant in what two people do with one ladder: consent, together, words of one's own, words that were taken."""

import dataclasses

from sqlalchemy import select

from exposure import exchange, logbook, merge, spaces, sync, terms
from exposure.spaces import Space


def words_are_signed_as_the_device_says(patch):
    patch.setattr(sync, "said", lambda edit, *_: edit)


def anybody_rewords_what_anybody_said(patch):
    patch.setattr(merge, "_is_anothers", lambda *_: False)


def what_somebody_says_waits_as_a_proposal(patch):
    plain = merge.decide

    def decide(edit, row, role, actor):
        decision = plain(edit, row, role, actor)
        if edit.kind == "comment" and role == "proposer" and decision.outcome == "written":
            return merge._propose(edit, row, actor)
        return decision

    patch.setattr(sync, "decide", decide)


def together_never_ends(patch):
    plain = spaces._place
    patch.setattr(spaces, "_place", lambda *given, now: plain(*given, now=0))


def together_is_not_looked_at(patch):
    plain = spaces._place
    patch.setattr(spaces, "_place", lambda *given, now: plain(*given, now=2**60))


def withdrawing_leaves_the_places(patch):
    patch.setattr(terms, "end_places", lambda *_: None)


def shutting_the_thread_leaves_it_open(patch):
    plain = terms._thread
    patch.setattr(terms, "_thread", lambda bound, row, _messages, now: plain(bound, row, True, now))


def access_begins_at_accepting(patch):
    plain = terms.accept

    def accept(bound, vault, key, therapist, said, now):
        changed = plain(bound, vault, key, therapist, said, now)
        ladders = select(Space.id).where(Space.owner_id == changed.person, Space.kind == "ladder")
        terms._give(bound, therapist, dict.fromkeys(bound.execute(ladders).scalars(), "viewer"), now)
        return changed

    patch.setattr(terms, "accept", accept)


def the_phone_is_not_told_of_a_change_of_consent(patch):
    plain = terms.lay

    def lay(bound, key, laid, writer, touched=()):
        known = [row for row in laid if row.kind != "consent" or row.fields["state"] == "accepted"]
        return plain(bound, key, known, writer, {row.space for row in laid} | set(touched))

    patch.setattr(terms, "lay", lay)


def whoever_reads_the_ladder_reads_the_messages(patch):
    plain = exchange.places_of

    def places_of(bound, person, now, **how):
        found = plain(bound, person, now, **how)
        for place in list(found.values()):
            if place.owner != person:
                hers = plain(bound, place.owner, now).values()
                found |= {o.id: dataclasses.replace(o, role="viewer") for o in hers if o.kind == "thread"}
        return found

    patch.setattr(exchange, "places_of", places_of)


def taken_words_lose_their_author(patch):
    patch.setattr(logbook, "credit", lambda *_: None)


def a_left_proposal_is_credited_too(patch):
    def credit(turn, edit, _place, changes):
        proposal = turn.rows.get((edit.space, edit.took))
        for change in changes if proposal else ():
            change.append(proposal.fields["by"])

    patch.setattr(logbook, "credit", credit)


def a_waiting_step_cannot_be_changed(patch):
    patch.setattr(sync, "_waiting", lambda *_: None)


def an_undo_takes_back_what_others_wrote(patch):
    plain = merge._settle
    patch.setattr(merge, "_settle", lambda d, e, *rest: plain(d, dataclasses.replace(e, undo=False), *rest))


BUGS = [an_undo_takes_back_what_others_wrote]
RARE = [
    words_are_signed_as_the_device_says,
    anybody_rewords_what_anybody_said,
    what_somebody_says_waits_as_a_proposal,
    together_never_ends,
    together_is_not_looked_at,
    withdrawing_leaves_the_places,
    shutting_the_thread_leaves_it_open,
    access_begins_at_accepting,
    the_phone_is_not_told_of_a_change_of_consent,
    whoever_reads_the_ladder_reads_the_messages,
    taken_words_lose_their_author,
    a_left_proposal_is_credited_too,
    a_waiting_step_cannot_be_changed,
]
