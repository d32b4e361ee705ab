"""Content that is kept: its verdict, its review, findings as work, screened again when the list changes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from remit.audit.models import Delivery, Event
from remit.config.reactions import REACTIONS
from remit.core.ref import Ref
from remit.governance.actions import finding as finding_actions
from remit.governance.actions.content_item import (
    ContentEnded,
    ContentNotApproved,
    ContentUnclear,
    JudgedOtherwise,
    add_content,
    ask_for_review,
    change_content,
    publish_content,
    withdraw_content,
)
from remit.governance.actions.finding import FindingClosed, NoReason, except_finding, screen_live
from remit.governance.actions.own_words import publish_own_words
from remit.governance.actions.policy import publish_version
from remit.governance.actions.request import NoPolicy, submit
from remit.governance.actions.signature import NotYours
from remit.governance.content_rules import can_change_content, can_except, contents_visible_to
from remit.governance.enums import ContentState, FindingState
from remit.governance.models import ContentFinding, ContentItem, Request
from remit.governance.queries.contents import findings_owed_by, open_findings_below, read_content
from remit.notices.models import Notice
from tests.governance.conftest import AT, House, clause, step

WHALE = {"words": "藍鯨", "severity": "stop", "why": "對手", "suggestion": "不提"}


def content(
    house: House, text: str = "歡迎光臨", *, owner: str = "ana", live: bool = True, **more: Any
) -> ContentItem:
    values = {"unit": house.units["shop"], "title": "秋季", "channel": "shop", "industry": ""} | more
    return add_content(
        text=text,
        owner=house[owner],
        by=house["dora" if live else owner],
        at=AT,
        live_at=AT if live else None,
        **values,
    )


def found(item: ContentItem) -> list[tuple[str, str, str]]:
    return list(item.findings.order_by("pk").values_list("rule", "words", "state"))


def reviewed(house: House, *extra: dict[str, Any]) -> None:
    """Brand signs; what screening stops needs finance; what is graver the chief."""
    rows = [
        clause("1", steps=[step()]),
        clause("2", when='verdict != "pass"', steps=[step("finance_director", 2, where="top")]),
        clause("3", when='verdict == "stop"', steps=[step("chief_executive", 3, where="top")]),
        *extra,
    ]
    publish_version(kind="content", rows=rows, reason="", by=None, at=AT)


def asked(house: House, item: ContentItem) -> Request:
    request = ask_for_review(item=item, by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    request.refresh_from_db()
    return request


def steps_of(request: Request) -> list[str]:
    rows = request.rounds.get().steps.order_by("stage")
    return [one.position.code for one in rows if one.position]


@pytest.mark.parametrize(
    ("text", "signers"),
    [
        ("歡迎光臨", ["marketing_director"]),
        ("限時優惠，八折", ["marketing_director", "finance_director"]),
        ("頂級享受", ["marketing_director", "finance_director", "chief_executive"]),
    ],
)
def test_a_policy_routes_by_the_verdict(house: House, text: str, signers: list[str]) -> None:
    reviewed(house)
    item = content(house, text, live=False)
    assert steps_of(asked(house, item)) == signers


def test_facts_count_places_and_name_rules_and_laws(house: House) -> None:
    item = content(house, "頂級羊絨，限時優惠", live=False, industry="retail")
    facts = read_content(Ref("contentitem", item.pk)).facts
    assert facts == {
        "channel": "shop", "industry": "retail", "industries": [], "verdict": "stop", "stops": 1.0,
        "to_change": 1.0, "rules": ["PRI-030", "SUP-032"], "laws": ["ad-9-3", "promotion-5"],
        "is_live": False,
    }  # fmt: skip


def test_facts_are_those_of_the_list_that_holds_at_submission(house: House) -> None:
    reviewed(house)
    item = content(house, "藍鯨上市", live=False)
    assert item.verdict == "pass"
    publish_own_words(content={"rules": {"OWN-001": WHALE}}, reason="", by=house["dora"], at=AT, after=0)
    assert len(steps_of(asked(house, item))) == 3


def test_the_last_of_three_distinct_people_lets_it_go_live(house: House) -> None:
    reviewed(house)
    item = content(house, "頂級享受", live=False)
    request = asked(house, item)
    house.signs("dora", request)
    with pytest.raises(ContentNotApproved):
        publish_content(item=item, by=house["ana"], at=AT)
    with pytest.raises(ValueError):  # who signed at the first level does not sign at the second
        house.signs("dora", request)
    house.signs("fay", request)
    item.refresh_from_db()
    assert item.state == ContentState.DRAFT
    house.signs("chief", request)
    item.refresh_from_db()
    assert (item.state, item.live_at) == (ContentState.LIVE, AT)
    assert found(item) == [("SUP-032", "頂級", "open")]


def test_without_a_policy_nothing_goes_live(house: House) -> None:
    item = content(house, live=False)
    with pytest.raises(NoPolicy):
        asked(house, item)
    with pytest.raises(ContentNotApproved):
        publish_content(item=item, by=house["dora"], at=AT)


def test_another_text_revokes_what_was_signed_and_is_a_draft_again(house: House) -> None:
    reviewed(house)
    item = content(house, live=False)
    request = asked(house, item)
    house.signs("dora", request)
    item.refresh_from_db()
    assert item.state == ContentState.LIVE
    item = change_content(item=item, text="歡迎再來", by=house["ana"], at=AT)
    request.refresh_from_db()
    assert (item.state, item.live_at, request.state) == (ContentState.DRAFT, None, "revoked")
    with pytest.raises(ContentNotApproved):
        publish_content(item=item, by=house["ana"], at=AT)


def test_a_finding_is_work_of_the_owner_who_is_told(house: House) -> None:
    item = content(house, "頂級享受，頂級美味，限時優惠")
    assert found(item) == [("SUP-032", "頂級", "open"), ("PRI-030", "限時優惠", "open")]
    assert [one.words for one in findings_owed_by(house["ana"])] == ["頂級", "限時優惠"]
    assert findings_owed_by(house["dora"]).count() == 0
    notice = Notice.objects.get(person=house["ana"])
    assert (notice.subject, notice.fields["count"]) == (f"contentitem:{item.pk}", 2)
    assert open_findings_below(house.units["group"]).count() == 2
    assert open_findings_below(house.units["east"]).count() == 0


def test_a_draft_has_a_verdict_and_no_findings(house: House) -> None:
    item = content(house, "頂級享受", live=False)
    assert (item.verdict, found(item)) == ("stop", [])


def publish(house: House, after: int, **content: Any) -> None:
    publish_own_words(content=content, reason="", by=house["dora"], at=AT, after=after)


def test_live_content_is_screened_again_when_the_list_changes(house: House) -> None:
    assert "remit.governance.tasks.screen_live_soon" in REACTIONS["governance.own_words.published"]
    whale, plain, draft = content(house, "藍鯨"), content(house), content(house, "藍鯨", live=False)
    publish(house, 0, rules={"OWN-001": WHALE})
    assert screen_live(at=AT) == {"screened": 2, "found": 1}
    assert found(whale) == [("OWN-001", "藍鯨", "open")]
    assert (found(plain), found(draft)) == ([], [])
    whale.refresh_from_db()
    assert (whale.verdict, whale.screened_with.split(".")[1]) == ("stop", "1")
    assert screen_live(at=AT) == {"screened": 0, "found": 0}  # again: nothing is found twice
    publish(house, 1, disabled={"PRI-031": "x"})
    screen_live(at=AT)
    assert found(whale) == [("OWN-001", "藍鯨", "lapsed")]


def test_many_are_screened_in_small_transactions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding_actions, "BATCH", 2)
    for _number in range(5):
        content(house, "藍鯨")
    publish(house, 0, rules={"OWN-001": WHALE})
    assert screen_live(at=AT) == {"screened": 5, "found": 5}
    assert Event.objects.filter(name="governance.content.found").count() == 5


def test_the_list_changing_puts_the_reaction_into_the_outbox(house: House) -> None:
    publish(house, 0, rules={"OWN-001": WHALE})
    event = Event.objects.get(name="governance.own_words.published")
    assert list(Delivery.objects.filter(event=event).values_list("reaction", flat=True)) == [
        "remit.governance.tasks.screen_live_soon"
    ]


def test_change_and_withdrawal_close_findings(house: House) -> None:
    changed, withdrawn = content(house, "頂級"), content(house, "頂級")
    change_content(item=changed, text="好用", by=house["ana"], at=AT)
    withdraw_content(item=withdrawn, reason="活動結束", by=house["ana"], at=AT)
    assert found(changed) == [("SUP-032", "頂級", "changed")]
    assert found(withdrawn) == [("SUP-032", "頂級", "withdrawn")]
    withdrawn.refresh_from_db()
    assert (withdrawn.state, withdrawn.withdrawn_at) == (ContentState.WITHDRAWN, AT)
    with pytest.raises(ContentEnded):
        change_content(item=withdrawn, text="好", by=house["ana"], at=AT)


def test_an_exception_has_a_reason_and_holds_for_these_words_in_this_content(house: House) -> None:
    item, other = content(house, "頂級"), content(house, "頂級")
    row = item.findings.get()
    with pytest.raises(NoReason):
        except_finding(finding=row, reason=" ", by=house["dora"], at=AT)
    except_finding(finding=row, reason="獎項原名", by=house["dora"], at=AT)
    with pytest.raises(FindingClosed):
        except_finding(finding=row, reason="再", by=house["dora"], at=AT)
    publish(house, 0, disabled={"PRI-031": "x"})
    screen_live(at=AT)
    assert found(item) == [("SUP-032", "頂級", "excepted")]
    assert found(other) == [("SUP-032", "頂級", "open")]
    event = Event.objects.get(name="governance.content.excepted")
    assert event.fields["reason"] == "獎項原名"


def test_who_may_let_words_stand(house: House) -> None:
    house.positions["chief_executive"].abilities = ["manage_policies"]
    house.positions["chief_executive"].save()
    row = content(house, "頂級").findings.get()
    own = content(house, "頂級", owner="chief").findings.get()
    assert can_except(house["chief"], row)
    assert not can_except(house["chief"], own)
    assert not can_except(house["dora"], row)


def test_who_sees_and_changes_content(house: House) -> None:
    item = content(house, unit=house.units["east"], owner="ben")
    seen = {name for name in house.people if contents_visible_to(house[name]).exists()}
    assert seen == {"chief", "fay", "dora", "ana", "ben", "eva"}
    other = content(house, unit=house.units["west"], owner="ana")
    assert not contents_visible_to(house["ben"]).filter(pk=other.pk).exists()
    changing = {name for name in house.people if can_change_content(house[name], item)}
    assert changing == {"ben", "eva", "dora", "chief"}


def test_who_edited_a_text_does_not_sign_it(house: House) -> None:
    reviewed(house)
    item = content(house, live=False)
    item = change_content(item=item, text="歡迎再來", by=house["dora"], at=AT)
    request = asked(house, item)
    with pytest.raises(NotYours):
        house.signs("dora", request)
    house.signs("chief", request)
    assert ContentItem.objects.get(pk=item.pk).state == ContentState.LIVE


def test_what_a_newer_list_stops_does_not_go_live_with_the_last_signature(house: House) -> None:
    reviewed(house)
    item = content(house, "藍鯨也來了", live=False)
    request = asked(house, item)
    publish_own_words(content={"rules": {"OWN-001": WHALE}}, reason="對手", by=house["chief"], at=AT, after=0)
    with pytest.raises(JudgedOtherwise, match="graver"):
        house.signs("dora", request)
    assert ContentItem.objects.get(pk=item.pk).state == ContentState.DRAFT
    item = change_content(item=item, text="大鯨也來了", by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    house.signs("dora", request)
    assert ContentItem.objects.get(pk=item.pk).state == ContentState.LIVE


def test_what_is_not_said_is_asked_for(house: House) -> None:
    with pytest.raises(ContentUnclear):
        content(house, "  ")
    with pytest.raises(ContentUnclear):
        content(house, "長" * 20_001)
    item = content(house)
    with pytest.raises(ContentUnclear):
        withdraw_content(item=item, reason=" ", by=house["ana"], at=AT)


def test_the_database_keeps_states_whole(house: House) -> None:
    item = content(house, "頂級")
    broken = [
        lambda: ContentItem.objects.filter(pk=item.pk).update(live_at=None),
        lambda: ContentItem.objects.filter(pk=item.pk).update(state="withdrawn"),
        lambda: ContentFinding.objects.update(state=FindingState.CHANGED),
        lambda: ContentFinding.objects.update(state=FindingState.EXCEPTED, closed_at=AT, reason=""),
        lambda: ContentFinding.objects.create(
            content=item, rule="SUP-032", words="頂級", severity="stop", found_with="x", found_at=AT
        ),
    ]
    for breaking in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            breaking()
