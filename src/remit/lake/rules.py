"""Who may import, and whose imports a person sees: those of the units for which they may import."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.scopes import below
from remit.org.rules import can, can_in, paths_with

from .enums import ImportState
from .models import Import, MappingTemplate, QuarantinedRow
from .tables import TABLES


def can_import(person: Person, unit: Unit) -> Verdict:
    """Whether a person may import for a unit, and undo and correct its imports."""
    return can_in(person, Ability.IMPORT_DATA, unit)


def can_undo(whole: Import) -> Verdict:
    """Whether an import's rows can be taken out: that of facts which has ended, well or not.

    One that failed may have failed after its rows were in the table.
    """
    if TABLES[whole.table].kind == "dimension":
        return refused(
            _("A list is not taken back: import a corrected one, and its rows replace these by code.")
        )
    if whole.state == ImportState.UNDONE:
        return refused(_("Import %d is undone already.") % whole.pk)
    if whole.state not in (ImportState.DONE, ImportState.FAILED, ImportState.UNDOING):
        return refused(
            _(
                "Import %d has not ended. Wait until it has, or run it again if it has stopped; "
                "then it can be undone."
            )
            % whole.pk
        )
    return ALLOWED


def can_import_anywhere(person: Person) -> Verdict:
    return can(person, Ability.IMPORT_DATA)


def units_importable_by(person: Person) -> QuerySet[Unit]:
    """The companies for which a person may import."""
    companies: QuerySet[Unit] = _units(person).filter(is_company=True)
    return companies


def imports_visible_to(person: Person) -> QuerySet[Import]:
    return Import.objects.filter(unit__in=_units(person))


def quarantine_visible_to(person: Person) -> QuerySet[QuarantinedRow]:
    return QuarantinedRow.objects.filter(import_row__unit__in=_units(person))


def templates_visible_to(person: Person) -> QuerySet[MappingTemplate]:
    return MappingTemplate.objects.filter(unit__in=_units(person))


def _units(person: Person) -> QuerySet[Unit]:
    paths = paths_with(person, Ability.IMPORT_DATA) if person.is_active else []
    units: QuerySet[Unit] = Unit.objects.filter(below(paths))
    return units
