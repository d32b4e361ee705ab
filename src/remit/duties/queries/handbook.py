"""Reading the handbook: drafts of versions, titles, the shipped entries."""

from collections.abc import Collection, Iterator
from importlib.resources import files

import yaml

from ..drafts import Draft, Words, corrections, draft_of, entry_of
from ..models import Duty, DutyVersion, DutyWords

SHIPPED = ("H1", "H2", "H3", "H4", "H5", "H6")
CHINESE = ("zh-hant", "zh-hans")


def shipped_drafts() -> list[Draft]:
    """The duties of the handbook that ships with the product."""
    folder = files("remit.duties") / "handbook"
    texts = [(folder / f"{chapter}.yaml").read_text("utf-8") for chapter in SHIPPED]
    return [draft_of(entry) for text in texts for entry in yaml.safe_load(text)]


def draft_of_version(code: str, version: DutyVersion) -> Draft:
    """What a version says, as a draft."""
    words = {each.language: each for each in version.words.all()}
    hans = words.get("zh-hans")
    return Draft(
        code=code,
        zh_hant=_words(words["zh-hant"]),
        en=_words(words["en"]),
        zh_hans=corrections(_words(words["zh-hant"]), _words(hans)) if hans and hans.is_corrected else None,
        rhythm=version.rhythm,
        day=version.day,
        effort_minutes=version.effort_minutes,
        respond_days=version.respond_days,
        starts_upon=tuple(version.starts_upon),
        evidence_kind=version.evidence_kind,
        evidence_count=version.evidence_count,
        evidence_of=version.evidence_of,
        evidence_seen_by=version.evidence_seen_by,
        measure_metric=version.measure_metric,
        measure_manual=version.measure_manual,
        accountable=version.accountable,
        responsible=tuple(version.responsible),
        consulted=tuple(version.consulted),
        informed=tuple(version.informed),
        hands_over=tuple(version.hands_over),
    )


def handbook_yaml() -> str:
    """The handbook in force as YAML, in the order of the codes; ``draft_of`` reads each entry."""
    duties = Duty.objects.filter(retired_at=None).select_related("current").prefetch_related("current__words")
    entries = [
        entry_of(draft_of_version(duty.code, duty.current))
        for duty in sorted(duties, key=lambda duty: by_code(duty.code))
        if duty.current is not None
    ]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)


def titles_of(versions: Collection[int], language: str) -> dict[int, str]:
    """Titles of versions in a language of the product, by id; one query."""
    wanted = language if language in CHINESE else "en"
    rows = DutyWords.objects.filter(version__in=versions, language=wanted)
    return dict(rows.values_list("version", "title"))


def deliverable_of(version: int, language: str) -> str:
    """What a version says is to be delivered, in a language of the product."""
    wanted = language if language in CHINESE else "en"
    rows = DutyWords.objects.filter(version=version, language=wanted)
    return rows.values_list("deliverable", flat=True).first() or ""


def by_code(code: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts H2.10 after H2.9."""
    return tuple(_parts(code))


def _parts(code: str) -> Iterator[tuple[int, str]]:
    for part in code.replace("-", ".~").split("."):
        digits = "".join(filter(str.isdigit, part))
        yield int(digits or 0), part


def _words(row: DutyWords) -> Words:
    return Words(row.title, row.purpose, row.deliverable)


def versions_of(duty: Duty) -> list[DutyVersion]:
    """Every version with its words, the first first."""
    return list(duty.versions.prefetch_related("words").select_related("made_by").order_by("number"))
