"""Whose rows a figure may be read from."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of companies (all their rows) and of single outlets besides.

    ``companies``: ids of units that keep books (companies, and the group's topmost unit for what belongs to
    none of them); every fact carries one as ``unit_id``.
    ``outlets``: ids of outlets seen although their company is not (a region's people).
    An empty scope sees nothing. ``reason`` is set only for work of the system itself.
    """

    companies: frozenset[int] = field(default_factory=frozenset)
    outlets: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False
    reason: str = ""

    @classmethod
    def system(cls, reason: str) -> "Scope":
        """See all rows. The caller states why and records it in the audit."""
        if not reason.strip():
            raise ValueError("A system scope needs a reason.")
        return cls(everything=True, reason=reason)

    @property
    def key(self) -> str:
        """Stable text for cache keys."""
        if self.everything:
            return "system"
        companies = ",".join(map(str, sorted(self.companies)))
        outlets = ",".join(map(str, sorted(self.outlets)))
        return f"c{companies};o{outlets}"

    @property
    def sees_nothing(self) -> bool:
        return not (self.everything or self.companies or self.outlets)
