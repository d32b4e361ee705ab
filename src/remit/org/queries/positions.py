"""What positions are called."""

from collections.abc import Collection, Iterable

from ..models import Position


def position_titles(codes: Iterable[str], language: str) -> dict[str, str]:
    """Titles by code, for the codes that exist."""
    return {found.code: found.title(language) for found in Position.objects.filter(code__in=set(codes))}


def all_positions() -> list[Position]:
    """Every position, by code: what they are called is no secret."""
    return list(Position.objects.order_by("code"))


def positions_by_id(ids: Collection[int]) -> dict[int, Position]:
    """These positions; one query."""
    return Position.objects.in_bulk(ids)
