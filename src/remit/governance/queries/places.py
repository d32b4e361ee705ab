"""Which steps a judgement lays before whom, and where a position is looked for."""

from dataclasses import dataclass

from remit.org.models import Unit
from remit.org.queries.scopes import ancestor_paths

from ..clauses import ABOVE, ALL, COMPANY, TOP
from ..deciding import Asked, Judgement


@dataclass(frozen=True, slots=True)
class Laid:
    """One step: by which clause (the first that asks for it), where, how many sign, within how many days."""

    asked: Asked
    place: Unit | None
    need: int
    days: int


def laid_by(judgement: Judgement, unit: Unit) -> list[Laid]:
    """The steps that a judgement asks for. Equal ones of one stage are one step, with the strictest terms."""
    found: dict[tuple[object, ...], Laid] = {}
    for asked in judgement.steps:
        rule = asked.rule
        place = place_of(unit, rule.where) if rule.position else None
        key = (rule.stage, rule.position, rule.role, place.pk if place else 0, rule.is_arbiter)
        known = found.get(key)
        if known is None:
            found[key] = Laid(asked, place, rule.need, rule.days)
        else:
            need = ALL if ALL in (known.need, rule.need) else max(known.need, rule.need)
            found[key] = Laid(known.asked, place, need, min(known.days, rule.days))
    return list(found.values())


def place_of(unit: Unit, where: str) -> Unit:
    """Where a position is looked for: the unit, the one above it, its company, or the top."""
    paths = ancestor_paths(unit.path)
    if where == TOP and paths:
        return _at(paths[0])
    if where == ABOVE and paths:
        return _at(paths[-1])
    if where == COMPANY and not unit.is_company:
        above: Unit | None = Unit.objects.filter(path__in=paths, is_company=True).order_by("-depth").first()
        return above or (place_of(unit, TOP) if paths else unit)
    return unit


def _at(path: str) -> Unit:
    found: Unit = Unit.objects.get(path=path)
    return found
