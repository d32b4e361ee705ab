"""The first step of an installation: a company, and somebody who may do the rest in the browser."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Position, Unit
from ..queries.today import company_day
from .assignment import assign
from .person import add_person
from .shipping import ship
from .unit import add_unit
from .zone import set_zone

SINCE = date(1900, 1, 1)  # facts may be older than the installation


class FoundedAlready(ValueError):
    """There are units: further ones are added by people, in the browser."""


@transaction.atomic
def found(
    *, code: str, name: str, currency: str, zone: str, email: str, person: str, password: str, at: datetime
) -> Unit:
    """Add what ships (positions, skills, ladders), a company at the root, and its administrator.

    Raise FoundedAlready, and ValueError or Django's ValidationError for what cannot be.
    """
    if Unit.objects.exists():
        raise FoundedAlready(
            _("This installation has units already. Add further ones as administrator: Team → Units.")
        )
    validate_password(password)
    ship(by=None, at=at)
    unit = add_unit(
        parent=None, code=code, name=name, is_company=True, currency=currency.upper(), by=None, at=at
    )
    set_zone(unit=unit, zone=zone, starts_on=SINCE, by=None, at=at)
    administrator = add_person(email=email, name=person, password=password, by=None, at=at)
    assign(
        person=administrator,
        position=Position.objects.get(code="administrator"),
        unit=unit,
        starts_on=company_day(at),
        by=None,
        at=at,
    )
    return unit
