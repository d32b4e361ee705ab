"""A part of a campaign's audience is held out, and its effect is read from that."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.customers.models import Customer
from remit.execution.queries import clashes
from remit.learning.actions.control_group import CannotHoldOut, control_group_of, hold_out
from remit.learning.actions.experiment import cancel_experiment
from remit.learning.actions.reading import read_running
from remit.learning.models import Enrolment, Experiment
from remit.learning.queries.reaching import brought_by, whom_to_reach
from remit.planning.models import Campaign

from .shop import AT, PEOPLE, append, line

BEGINS, ENDS = date(2026, 2, 8), date(2026, 2, 21)
BEFORE = AT - timedelta(days=30)


@pytest.fixture
def campaign(shop):
    """Two weeks that begin a week after BEFORE, seen from there."""
    code = {"unit": shop["unit"], "code": "K", "name": "回購週", "changed_at": AT}
    return Campaign.objects.create(starts_on=BEGINS, ends_on=ENDS, described=True, **code)


@pytest.fixture
def customers_listed(shop):
    """The same customers on the list of the database."""
    Customer.objects.bulk_create(
        Customer(pk=number, unit=shop["unit"], code=f"C{number:04}", changed_at=AT)
        for number in range(1, PEOPLE + 1)
    )


def held(shop, campaign, share=2_000, **more):
    return hold_out(campaign=campaign, share=share, by=shop["owner"], at=BEFORE, **{"salt": "k", **more})


def test_whoever_is_not_held_out_is_handed_out_and_the_shares_are_as_asked(shop, campaign, customers_listed):
    experiment = held(shop, campaign)
    reached = list(whom_to_reach(experiment))
    assert reached == sorted(set(reached))
    assert 0.75 < len(reached) / PEOPLE < 0.85
    assert control_group_of(campaign) == experiment
    assert (experiment.starts_on, experiment.last_on, experiment.stage) == (BEGINS, ENDS, "running")


def test_the_effect_is_read_at_the_end_from_those_held_out(shop, campaign, customers_listed):
    experiment = held(shop, campaign)
    rows = [
        {**line(shop["unit"]), "customer_id": int(code[1:]), "sold_on": BEGINS, "order_code": f"k-{code}",
         "net_sales": Decimal(25)}
        for code in whom_to_reach(experiment)
    ]  # fmt: skip
    append("order_lines", rows, "campaign")
    assert brought_by(experiment) is None
    read_running(at=AT)
    found = brought_by(experiment)
    assert experiment.readings.filter(is_look=True).count() == 1
    assert found.low <= 25 <= found.high
    assert found.is_above_zero
    assert found.reached + found.held == PEOPLE
    assert found.total[0] == pytest.approx(found.value * len(rows))


def test_an_audience_of_a_file_is_drawn_and_nobody_else_counts(shop, campaign):
    audience = [f"C{number:04}" for number in range(1, 101)]
    experiment = held(shop, campaign, audience=["C0001", *audience, " "])
    rows = dict(Enrolment.objects.values_list("person", "variant__code"))
    assert sorted(rows) == audience
    assert list(whom_to_reach(experiment)) == [code for code in audience if rows[code] == "reached"]
    read_running(at=AT)
    assert experiment.readings.order_by("-through_on")[0].people == 100


@pytest.mark.parametrize(
    "change",
    [{"starts_on": None}, {"ends_on": None}, {"starts_on": BEFORE.date()}, {"ends_on": BEGINS}],
)
def test_a_campaign_without_days_or_that_has_begun_has_none(shop, campaign, change):
    for name, value in change.items():
        setattr(campaign, name, value)
    with pytest.raises(CannotHoldOut):
        held(shop, campaign)
    assert not Experiment.objects.exists()


@pytest.mark.parametrize("more", [{"share": 50}, {"share": 6_000}, {"audience": [" "]}])
def test_too_few_too_many_or_nobody_is_refused(shop, campaign, more):
    with pytest.raises(CannotHoldOut):
        held(shop, campaign, **more)
    assert not Experiment.objects.exists()


def test_one_campaign_has_one_control_group_and_another_after_it_was_given_up(shop, campaign):
    first = held(shop, campaign)
    with pytest.raises(CannotHoldOut):
        held(shop, campaign)
    cancel_experiment(experiment=first, reason="名單換了", by=shop["owner"], at=BEFORE)
    assert control_group_of(campaign) is None
    assert held(shop, campaign, salt="k2").key != first.key


def test_by_click_whoever_leads_holds_out_and_the_page_reads_the_effect(
    shop, campaign, customers_listed, browse
):
    Campaign.objects.update(starts_on=date(2099, 1, 1), ends_on=date(2099, 1, 14))
    page, lead = reverse("campaigns_campaign", args=[campaign.pk]), browse("lead")
    assert "Hold out" in lead.get(page).content.decode()
    assert 'name="share"' not in browse("owner").get(page).content.decode()
    hold = reverse("campaigns_holdout", args=[campaign.pk])
    assert browse("owner").post(hold, {"share": "10"}).status_code == 403
    lead.post(hold, {"share": "80"})
    assert not Experiment.objects.exists()
    lead.post(hold, {"share": "10", "audience": SimpleUploadedFile("a.txt", b"C0001\nC0002\n=C3\n")})
    experiment = Experiment.objects.get()
    assert list(experiment.variants.order_by("place").values_list("weight", flat=True)) == [1_000, 9_000]
    answer = lead.get(reverse("campaigns_audience", args=[campaign.pk]))
    listed = b"".join(answer.streaming_content).decode().splitlines()
    assert listed[0] == "customer"
    assert not any(one.startswith("=") for one in listed)
    assert "is read when the campaign has ended" in lead.get(page).content.decode()
    assert browse("east").get(reverse("campaigns_audience", args=[campaign.pk])).status_code == 404


def test_planned_audiences_that_overlap_are_a_conflict_before_anybody_is_reached(
    shop, campaign, customers_listed
):
    other = Campaign.objects.create(
        unit=shop["unit"], code="L", name="年禮", starts_on=ENDS, ends_on=ENDS + timedelta(days=6),
        described=True, changed_at=AT,
    )  # fmt: skip
    on = BEFORE.date()
    held(shop, campaign, audience=[f"C{number:04}" for number in range(1, 201)])
    assert list(clashes.audiences(on)) == []  # of the other nobody knows whom it reaches
    second = held(shop, other, salt="l", audience=[f"C{number:04}" for number in range(101, 301)])
    both = {pk: set(whom_to_reach(control_group_of(row))) for pk, row in ((1, campaign), (2, other))}
    (clash,) = clashes.audiences(on)
    assert clash.facts == {"both": len(both[1] & both[2]), "smaller": min(map(len, both.values()))}
    assert clash.things == (f"campaign:{campaign.pk}", f"campaign:{other.pk}")
    cancel_experiment(experiment=second, reason="改期", by=shop["owner"], at=BEFORE)
    assert list(clashes.audiences(on)) == []


def test_a_list_of_everybody_overlaps_with_whom_another_has_reached(shop, campaign, customers_listed):
    held(shop, campaign)
    other = Campaign.objects.create(
        unit=shop["unit"],
        code="L",
        name="年禮",
        starts_on=BEGINS,
        ends_on=ENDS,
        described=True,
        changed_at=AT,
    )
    contact = {"import_id": 1, "unit_id": shop["unit"].pk, "campaign_id": other.pk, "channel": "mail"}
    append("exposures", [{**contact, "customer_id": n, "exposed_on": BEGINS} for n in range(1, 101)])
    (clash,) = clashes.audiences(BEGINS)
    assert clash.facts["smaller"] == 100
    assert 60 < clash.facts["both"] < 100  # a fifth is held out
