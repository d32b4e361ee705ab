"""The filter by company that lists of several rooms share."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person
from remit.org.queries.companies import companies_of
from remit.org.queries.today import today

from .lists import Column, Filter


def company_filter(person: Person, field: str = "unit") -> tuple[Filter, ...]:
    """A filter by the companies that the person works for; none where there is only one."""
    language = get_language() or "zh-hant"
    companies = [(str(unit.pk), unit.title(language)) for unit in companies_of(person, today())]
    return (Filter("company", _("Company"), companies, field=field),) if len(companies) > 1 else ()


def company_column(field: str = "unit") -> Column:
    """The company of a row, for rows that select it."""
    return Column("company", _("Company"), value=lambda row: getattr(row, field), optional=True)
