"""Follow what events say about who is who; decide what they cannot; take apart and put together again."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.lake.actions.publication import publish_facts
from remit.org.models import Person, Unit

from .. import events
from ..deciding import CUSTOMER, decide_who
from ..models import Claim, Conflict, Customer, Link
from ..queries.identities import claims_in_the_lake, claims_that_count, links_projected

CHUNK = 1_000


class AlreadySettled(ValueError):
    """Somebody has decided meanwhile."""


class StillTwoPeople(ValueError):
    """The decision would still leave two known people behind one name; nothing was changed."""


def follow_events(*, at: datetime, by: None = None) -> int:
    """Keep the claims that the lake's events make, and follow them; return how many links changed.

    Again: nothing changes. Claims of customers that are gone from the database are left out.
    """
    customers = set(Customer.objects.values_list("pk", flat=True))
    made = [one for one in claims_in_the_lake() if one.kind != CUSTOMER or int(one.name) in customers]
    rows = [
        Claim(
            unit_id=one.unit_id, person_code=one.person_code, kind=one.kind, name=one.name, at=one.at,
            event_code=one.event_code,
        )
        for one in made
    ]  # fmt: skip
    with transaction.atomic():
        Claim.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    units = Unit.objects.filter(pk__in={one.unit_id for one in made})
    return sum(_follow(unit, None, at) for unit in units)


@transaction.atomic
def settle_conflict(*, conflict: Conflict, follow: bool, by: Person, at: datetime) -> None:
    """Decide a conflict: refuse the new claim, or ``follow`` it in place of what tied the person before.

    Raise AlreadySettled, StillTwoPeople.
    """
    unit = Unit.objects.select_for_update().get(pk=conflict.unit_id)
    found = Conflict.objects.select_related("claim").filter(pk=conflict.pk).first()
    if found is None:
        raise AlreadySettled(_("This has been decided meanwhile."))
    claim, held = found.claim, found.held_id
    withdrawn = _ties(claim, held) if follow else Claim.objects.filter(pk=claim.pk)
    withdrawn.update(withdrawn_at=at, withdrawn_by=by)
    fields = {"person": claim.person_code, "held": held, "claimed": found.claimed_id, "followed": follow}
    record(events.CONFLICT_SETTLED, found.claimed, by=by, at=at, fields=fields)
    _follow(unit, by, at)
    if Conflict.objects.filter(claim=claim).exists():
        raise StillTwoPeople(
            _("A name that both share still ties them. Take that apart first on the customer's page.")
        )


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: Person, at: datetime) -> None:
    """Take apart: as if the claim had never been made. Again: nothing changes."""
    unit = Unit.objects.select_for_update().get(pk=claim.unit_id)
    if Claim.objects.filter(pk=claim.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        record(events.CLAIM_WITHDRAWN, None, by=by, at=at, fields=_told(claim))
        _follow(unit, by, at)


@transaction.atomic
def restore_claim(*, claim: Claim, by: Person, at: datetime) -> None:
    """Let a withdrawn claim count again. Again: nothing changes."""
    unit = Unit.objects.select_for_update().get(pk=claim.unit_id)
    withdrawn = Claim.objects.filter(pk=claim.pk).exclude(withdrawn_at=None)
    if withdrawn.update(withdrawn_at=None, withdrawn_by=None):
        record(events.CLAIM_RESTORED, None, by=by, at=at, fields=_told(claim))
        _follow(unit, by, at)


def publish_links(*, at: datetime, by: None = None) -> bool:
    """Bring the lake's links up to the database, where journeys read them; false: they were so already."""
    return publish_facts("links", links_projected())


def _ties(claim: Claim, held: int) -> QuerySet[Claim]:
    """The claims by which the person of a claim is the customer so far."""
    direct = Claim.objects.filter(
        unit=claim.unit_id, person_code=claim.person_code, kind=CUSTOMER, name=str(held), withdrawn_at=None
    )
    by_link = Link.objects.filter(unit=claim.unit_id, person_code=claim.person_code).values("claim")
    return Claim.objects.filter(
        pk__in=[*direct.values_list("pk", flat=True), *by_link.values_list("claim", flat=True)]
    )


def _told(claim: Claim) -> dict[str, object]:
    return {"person": claim.person_code, "rule": claim.kind, "claim": claim.pk}


@transaction.atomic
def _follow(unit: Unit, by: Person | None, at: datetime) -> int:
    """Bring links and conflicts of a company up to its claims; return how many links changed."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    belongs, clashes = decide_who(claims_that_count(unit.pk))
    wanted = {each.person: (each.customer, each.claim) for each in belongs}
    there = {link.person_code: link for link in Link.objects.filter(unit=unit)}
    wrong = [link.pk for code, link in there.items() if wanted.get(code) != (link.customer_id, link.claim_id)]
    for start in range(0, len(wrong), CHUNK):
        Link.objects.filter(pk__in=wrong[start : start + CHUNK]).delete()
    gone = set(wrong)
    fresh = [
        Link(unit=unit, person_code=code, customer_id=customer, claim_id=claim)
        for code, (customer, claim) in wanted.items()
        if code not in there or there[code].pk in gone
    ]
    Link.objects.bulk_create(fresh, batch_size=CHUNK)
    _keep_conflicts(unit, {each.claim: (each.held, each.claimed) for each in clashes}, at)
    changed = len(
        {*(code for code, link in there.items() if link.pk in gone), *(link.person_code for link in fresh)}
    )
    if changed:
        fields = {"unit": unit.code, "count": changed, "conflicts": len(clashes)}
        record(events.IDENTITIES_FOLLOWED, unit, by=by, at=at, fields=fields)
    return changed


def _keep_conflicts(unit: Unit, clashes: dict[int, tuple[int, int]], at: datetime) -> None:
    there = {each.claim_id: each for each in Conflict.objects.filter(unit=unit)}
    over = [each.pk for claim, each in there.items() if clashes.get(claim) != (each.held_id, each.claimed_id)]
    Conflict.objects.filter(pk__in=over).delete()
    Conflict.objects.bulk_create(
        Conflict(claim_id=claim, unit=unit, held_id=held, claimed_id=claimed, found_at=at)
        for claim, (held, claimed) in clashes.items()
        if claim not in there or there[claim].pk in over
    )
