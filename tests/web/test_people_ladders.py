"""What "all entries" means: an attempt goes where its ladder goes, and without what was written later, for oneself."""

import pytest

from tests.conftest import Ladder, new_id
from tests.linking import agree, link
from tests.web.test_people import attempt, everything, ids, listed, news_of, page


@pytest.fixture
def consent(ada, theo, ladder):
    """Ada shares her ladder and all entries with Theo."""
    return link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]


@pytest.fixture
def inside(ada):
    """Another ladder of Ada's."""
    made = Ladder(new_id(), new_id(), new_id())
    ada.sync(
        ada.edit("add", "ladder", made.id, made.space, title="家で", position="a1"),
        ada.edit("add", "step", made.step, made.space, ladder=made.id, title="電話に出る", position="a0"),
    )
    return made


HOW = ["before anybody read", "while somebody reads"]


@pytest.mark.parametrize("how", HOW)
def test_all_means_what_is_on_ladders_that_are_shown_and_on_none(ada, theo, ladder, inside, how):
    shown, hidden = attempt(ada, ladder), attempt(ada, inside, title="電話に出る", guess="切られる")
    by_step = ada.add("attempt", step=inside.step, title="電話に出る", outcome="did")
    given = attempt(ada, inside, sharing="open", ended=1763790000000)
    loose = ada.add("attempt", step=new_id(), title="x", outcome="did", ended=1763740000000)
    rest = ada.add("rest", day="2026-11-20")
    written = [shown, hidden, by_step, given, loose, rest]
    if how == HOW[0]:
        ada.sync(*written)
    consent = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    if how == HOW[1]:
        page(theo, consent)
        ada.sync(*written)
    told = page(theo, consent)
    assert ids(told) == [given["target"], shown["target"], loose["target"]]
    assert ids(told, "rests") == [rest["target"]]
    assert hidden["target"] not in everything(told, listed(theo))
    assert "切られる" not in everything(told)


def test_what_is_on_a_ladder_not_shown_leaves_no_trace(ada, theo, ladder, inside, consent, clock):
    ada.sync(attempt(ada, ladder))
    before = everything(page(theo, consent)["attempts"], listed(theo)[0]["news"])
    news = news_of(theo)
    clock.pass_by(minutes=11)
    secret = attempt(ada, inside)
    ada.sync(secret)
    ada.sync(ada.change("attempt", secret["target"], happened="これも見えない"))
    assert news_of(theo) == news
    assert everything(page(theo, consent)["attempts"], listed(theo)[0]["news"]) == before
    ada.sync(ada.change("attempt", secret["target"], sharing="open"))
    assert news_of(theo)[consent] == news[consent] + 1
    assert secret["target"] in ids(page(theo, consent))


def test_a_ladder_shown_or_closed_takes_its_attempts_along_and_the_desk_hears(ada, theo, ladder, inside, consent):
    one, other = attempt(ada, ladder), attempt(ada, inside, ended=1763790000000)
    ada.sync(one, other)
    for ladders, seen in (
        ([ladder], [one]),
        ([ladder, inside], [other, one]),
        ([inside], [other]),
        ([], []),
        ([ladder], [one]),
    ):
        heard = news_of(theo)[consent]
        agree(ada, consent, {each.space: "propose" for each in ladders}, entries="all")
        assert news_of(theo)[consent] == heard + 1
        assert ids(page(theo, consent)) == [edit["target"] for edit in seen]


def test_each_therapist_reads_the_attempts_of_their_own_ladders(ada, theo, una, ladder, inside):
    his = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    hers = link(ada, una, {inside.space: "write"}, entries="all")["id"]
    page(theo, his), page(una, hers)
    before = news_of(theo)[his], news_of(una)[hers]
    one, other = attempt(ada, ladder), attempt(ada, inside)
    ada.sync(one)
    assert (news_of(theo)[his], news_of(una)[hers]) == (before[0] + 1, before[1])
    ada.sync(other)
    assert (news_of(theo)[his], news_of(una)[hers]) == (before[0] + 1, before[1] + 1)
    assert (ids(page(theo, his)), ids(page(una, hers))) == ([one["target"]], [other["target"]])
    assert [listed(each)[0]["news"]["entries"] for each in (theo, una)] == [0, 0]


def test_an_attempt_that_comes_before_its_ladder_is_open_with_it_and_not_earlier(ada, theo, consent):
    space, made = new_id(), new_id()
    page(theo, consent)
    early = ada.add("attempt", step=new_id(), ladder=made, title="海へ", outcome="did")
    ada.sync(early)
    assert ids(page(theo, consent)) == []
    ada.sync(ada.edit("add", "ladder", made, space, title="海", position="a2"))
    assert ids(page(theo, consent)) == []
    agree(ada, consent, {space: "propose"}, entries="all")
    assert ids(page(theo, consent)) == [early["target"]]


def test_a_therapist_who_makes_a_step_of_the_same_id_opens_nothing(ada, theo, ladder, inside):
    """The step of a ladder not shown cannot be laid once more into the one that is: nobody takes another's id."""
    consent = link(ada, theo, {ladder.space: "write"}, entries="all")["id"]
    twin = theo.edit("add", "step", inside.step, ladder.space, ladder=ladder.id, title="x", position="a5")
    assert theo.sync(twin)["answers"][0]["outcome"] == "refused"
    ada.sync(ada.add("attempt", step=inside.step, title="電話に出る", outcome="did"))
    assert ids(page(theo, consent)) == []


FOR_HERSELF = {"looked_back": "静かな朝だった", "looked_back_at": 5, "book": "left", "ready_answer": "yes"}


def test_all_entries_does_not_mean_what_was_written_later_for_oneself(ada, theo, ladder, consent, clock):
    """The form of an attempt is agreed on, its place with it; not the look back, the book, the answer."""
    tried = attempt(ada, ladder, where="駅の南口")
    ada.sync(tried)
    before = everything(page(theo, consent)["attempts"], listed(theo)[0]["news"])
    news = news_of(theo)
    clock.pass_by(minutes=11)
    ada.sync(ada.change("attempt", tried["target"], **FOR_HERSELF))
    assert news_of(theo) == news, "a poke told of it"
    assert everything(page(theo, consent)["attempts"], listed(theo)[0]["news"]) == before
    assert "駅の南口" in before
    ada.sync(ada.change("attempt", tried["target"], sharing="open"))
    [told] = page(theo, consent)["attempts"]
    assert {n: told["fields"].get(n) for n in FOR_HERSELF} == {
        "looked_back": "静かな朝だった", "looked_back_at": 5, "book": None, "ready_answer": None,
    }  # fmt: skip
    heard = news_of(theo)[consent]
    ada.sync(ada.change("attempt", tried["target"], looked_back="そして、静かな夜"))
    assert news_of(theo)[consent] == heard + 1
    ada.sync(ada.change("attempt", tried["target"], sharing=""))
    assert "静かな" not in everything(page(theo, consent))
