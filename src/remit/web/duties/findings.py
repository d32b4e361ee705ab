"""Findings in words: what is wrong, since when, who should mend it, and where that is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from remit.duties.deciding import Finding, Kind, merged
from remit.duties.models import Charge
from remit.duties.queries.gaps import since_of
from remit.duties.queries.handbook import titles_of
from remit.org.models import Person, Position, Unit
from remit.org.queries.people import people_by_id
from remit.org.queries.positions import positions_by_id

from ..figures.words import day_words
from .matrix import matrix_url
from .reader import Reader
from .titles import language

TITLES = {
    Kind.NO_ACCOUNTABLE: gettext_lazy("Nobody accountable"),
    Kind.TWO_ACCOUNTABLES: gettext_lazy("More than one person accountable"),
    Kind.VACANT: gettext_lazy("Vacant position"),
    Kind.ABSENT: gettext_lazy("Away, and nobody acts"),
    Kind.OVERLOAD: gettext_lazy("Overload"),
    Kind.NO_RESPONSIBLE: gettext_lazy("Nobody responsible"),
    Kind.SINGLE_POINT: gettext_lazy("Depends on one person"),
    Kind.UNMEASURED: gettext_lazy("Not measured for a year"),
}


@dataclass(frozen=True, slots=True)
class Duties:
    """What charges are called, by id: code with title, and the address of each."""

    names: Mapping[int, tuple[str, str]]

    @classmethod
    def of(cls, charges: QuerySet[Charge]) -> "Duties":
        """Those that the reader sees; two queries."""
        rows = list(charges.values_list("pk", "duty__code", "duty__current"))
        titles = titles_of({version for _pk, _code, version in rows}, language())
        return cls(
            {
                pk: (f"{code} {titles.get(version, '')}".strip(), reverse("duties_charge", args=[pk]))
                for pk, code, version in rows
            }
        )

    def seen(self, charges: Iterable[int]) -> list[tuple[str, str]]:
        return [self.names[charge] for charge in charges if charge in self.names]


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as drawn. ``fixer``: a name, or nothing when whoever manages duties there should.

    ``may_mend``: whether the fix is open to the reader; if not, ``ask`` are those who can, by ``key``.
    """

    kind: Kind
    sentence: str
    unit: Unit
    duties: list[tuple[str, str]]
    since: datetime | None
    fixer: Person | None
    fix: str
    fix_url: str
    may_mend: bool
    ask: list[Person]
    key: str


@dataclass(frozen=True, slots=True)
class Names:
    """People, positions and units that findings name."""

    people: Mapping[int, Person]
    positions: Mapping[int, Position]
    units: Mapping[int, Unit]
    duties: Duties

    def person(self, pk: int | None) -> str:
        found = self.people.get(pk or 0)
        return found.title(language()) if found else _("somebody")

    def position(self, pk: int | None) -> str:
        found = self.positions.get(pk or 0)
        return found.title(language()) if found else _("a position")

    def unit(self, pk: int) -> str:
        return self.units[pk].title(language())

    def about(self, finding: Finding) -> Position | Person | None:
        """The position that somebody has to be found for, or the person of whose posts one has to end."""
        return self.positions.get(finding.vacant or 0) or self.people.get(finding.one_too_many or 0)


def lines_of(
    found: Iterable[Finding], units: Mapping[int, Unit], duties: Duties, reader: Reader, *, known: bool = True
) -> list[Line]:
    """Those of the units, one line for each position or person; ``known``: with since when they are there.

    What somebody has to do is shown to who may see them; that a duty waits, to everybody there.
    """
    rows = [each for each in merged(found) if each.unit in units]
    rows = [each for each in rows if each.kind != Kind.OVERLOAD or reader.sees_who(each)]
    people = {p for each in rows for p in (each.person, each.fixer, *each.people) if p is not None}
    positions = {each.position for each in rows if each.position is not None}
    names = Names(people_by_id(people), positions_by_id(positions), units, duties)
    since = since_of(units) if known else {}
    return [
        Line(
            each.kind, sentence(each, names, hidden=not reader.sees_who(each)), units[each.unit],
            names.duties.seen(each.charges), since.get(each.key_text), names.people.get(each.fixer or 0),
            *fix_of(each, names), reader.may_mend(each, units[each.unit], names.about(each)),
            reader.to_ask(each, units[each.unit], names.about(each)), each.key_text,
        )
        for each in rows
    ]  # fmt: skip


def sentence(finding: Finding, names: Names, *, hidden: bool = False) -> str:
    """What is wrong, in words; ``hidden``: without who it is about, and why."""
    count = len(finding.charges)
    said = {
        "duty": next(iter(names.duties.seen(finding.charges)), ("", ""))[0], "unit": names.unit(finding.unit),
        "person": names.person(finding.person), "position": names.position(finding.position), "count": count,
        "people": _(", ").join(names.person(one) for one in finding.people),
        "hours": f"{finding.hours:.0f}", "limit": f"{finding.limit:.0f}",
        "day": day_words(finding.on) if finding.on else "",
    }  # fmt: skip
    text = (_hidden(finding.kind, count) if hidden else _pattern(finding.kind, count)) % said
    if finding.ends_on is not None:
        text += " " + _("It ends on %(day)s.") % {"day": day_words(finding.ends_on)}
    return text


def _hidden(kind: Kind, count: int) -> str:
    if kind == Kind.ABSENT:
        return ngettext(
            "Nobody answers for %(count)s duty of %(position)s in %(unit)s.",
            "Nobody answers for %(count)s duties of %(position)s in %(unit)s.", count,
        )  # fmt: skip
    if kind == Kind.TWO_ACCOUNTABLES:
        return ngettext(
            "More than one person answers for %(duty)s in %(unit)s: nobody knows whose it is.",
            "More than one person answers for %(count)s duties in %(unit)s: nobody knows whose they are.",
            count,
        )  # fmt: skip
    return ngettext(
        "%(count)s duty of %(unit)s depends on one person alone, who has no deputy.",
        "%(count)s duties of %(unit)s depend on one person alone, who has no deputy.", count,
    )  # fmt: skip


def _pattern(kind: Kind, count: int) -> str:
    match kind:
        case Kind.NO_ACCOUNTABLE:
            return _("No position is accountable for %(duty)s in %(unit)s.")
        case Kind.NO_RESPONSIBLE:
            return _("No position is responsible for %(duty)s in %(unit)s.")
        case Kind.TWO_ACCOUNTABLES:
            return ngettext(
                "%(people)s all answer for %(duty)s in %(unit)s: nobody knows whose it is.",
                "%(people)s all answer for %(count)s duties in %(unit)s: nobody knows whose they are.", count,
            )  # fmt: skip
        case Kind.VACANT:
            return ngettext(
                "Nobody holds %(position)s in %(unit)s; %(count)s duty waits for it.",
                "Nobody holds %(position)s in %(unit)s; %(count)s duties wait for it.", count,
            )  # fmt: skip
        case Kind.ABSENT:
            return ngettext(
                "%(person)s (%(position)s, %(unit)s) is away; from %(day)s nobody acts for %(count)s duty.",
                "%(person)s (%(position)s, %(unit)s) is away; from %(day)s nobody acts for %(count)s duties.",
                count,
            )
        case Kind.OVERLOAD:
            return _("%(person)s owes %(hours)s hours a month and has %(limit)s.")
        case Kind.SINGLE_POINT:
            return ngettext(
                "%(count)s duty depends on %(person)s alone, who has no deputy.",
                "%(count)s duties depend on %(person)s alone, who has no deputy.", count,
            )  # fmt: skip
        case Kind.UNMEASURED:
            return _("%(duty)s in %(unit)s was not measured for a year.")


def fix_of(finding: Finding, names: Names) -> tuple[str, str]:
    """(what to do, where)."""
    charge = finding.charges[0] if finding.charges else 0
    code = next(iter(names.duties.seen([charge])), ("", ""))[0].split(" ")[0]
    match finding.kind:
        case Kind.NO_ACCOUNTABLE | Kind.NO_RESPONSIBLE:
            return _("Choose a position"), matrix_url(finding.unit, code, charge)
        case Kind.TWO_ACCOUNTABLES:
            return _("End one assignment"), reverse("org_person", args=[finding.one_too_many])
        case Kind.VACANT:
            query = urlencode({"position": finding.position, "unit": finding.unit})
            return _("Assign somebody"), f"{reverse('org_people')}?{query}"
        case Kind.ABSENT:
            return _("Name who acts"), _acting_url(finding)
        case Kind.OVERLOAD:
            return _("See the duties"), f"{reverse('duties_gaps')}?person={finding.person}#load"
        case Kind.SINGLE_POINT:
            return _("Name a deputy"), _acting_url(finding)
        case Kind.UNMEASURED:
            return _("Enter a reading"), reverse("duties_charge", args=[charge])


def _acting_url(finding: Finding) -> str:
    """Where somebody is named who acts for the person, with the form open."""
    return f"{reverse('org_person', args=[finding.person])}?form=acting#acting"
