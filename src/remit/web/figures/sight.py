"""What a viewer's figures are read from: their own scope, and the units that they may narrow it to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.scope import Scope
from remit.metrics.catalog.spec import Metric
from remit.metrics.queries import catalogue
from remit.org.models import Person, Unit
from remit.org.queries.companies import companies_of
from remit.org.queries.scopes import scope_of, topmost, within
from remit.org.queries.today import today
from remit.org.rules import units_reaching, units_visible_to


class UnknownUnit(ValueError):
    """The unit does not exist or lies outside the viewer's part: both look the same."""

    def __init__(self, code: str) -> None:
        super().__init__(_("There is no unit “%s” among those you see. Choose one of the list.") % code)


@dataclass(frozen=True)
class Sight:
    """The scope follows from the person's assignments of today and is never taken from the address."""

    person: Person

    @classmethod
    def of(cls, request: HttpRequest) -> "Sight":
        """The sight of the person who looks, remembered on the request."""
        known: Sight | None = getattr(request, "_sight", None)
        if known is None:
            known = cls(request.user)  # type: ignore[arg-type]  # every page of figures requires log-in
            request._sight = known  # type: ignore[attr-defined]  # our own memo on Django's request
        return known

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.person, today())

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The catalogue, read once a request."""
        return catalogue()

    @cached_property
    def units(self) -> list[Unit]:
        """The units a filter may name, as a tree read from the top."""
        return list(units_visible_to(self.person).order_by("path"))

    @cached_property
    def currencies(self) -> list[str]:
        """Currencies that the companies of the viewer book in."""
        companies = companies_of(self.person, today()).order_by("path")
        return list(dict.fromkeys(company.currency for company in companies))

    def unit(self, code: str) -> Unit | None:
        """The unit of a filter; None for no filter; raise UnknownUnit."""
        if not code:
            return None
        found = next((unit for unit in self.units if unit.code == code), None)
        if found is None:
            raise UnknownUnit(code)
        return found

    def own_part(self, code: str) -> str:
        """The unit that a shared question names, as this viewer may narrow to it.

        Of a unit above theirs they have the part that is theirs: their unit below it, or, where they hold
        several, all that they see. Any other unit stays what it is, and is refused when it is asked.
        """
        if not code or any(unit.code == code for unit in self.units):
            return code
        above = units_reaching(self.person).filter(code=code).first()
        if above is None:
            return code
        theirs = topmost(unit.path for unit in self.units if unit.path.startswith(above.path))
        return next((unit.code for unit in self.units if [unit.path] == theirs), "")

    @cached_property
    def _narrowed(self) -> dict[str, Scope]:
        return {}

    def within(self, code: str) -> Scope | None:
        """The scope of the unit filter, looked up once a request; raise UnknownUnit."""
        unit = self.unit(code)
        if unit is None:
            return None
        if code not in self._narrowed:
            self._narrowed[code] = within([unit])
        return self._narrowed[code]

    def unit_options(self) -> list[tuple[str, str]]:
        """Codes and titles for a list, indented by depth below the topmost unit that the viewer sees."""
        language = get_language() or "zh-hant"
        top = min((unit.depth for unit in self.units), default=0)
        return [(unit.code, "\u2003" * (unit.depth - top) + unit.title(language)) for unit in self.units]
