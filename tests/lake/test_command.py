"""``remit import``: the same road from the command line."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from remit.lake.models import Import
from remit.lake.queries import the_lake
from remit.lake.rules import can_import, imports_visible_to, quarantine_visible_to, units_importable_by
from remit.org.enums import Ability
from remit.org.models import Assignment, Person, Position, Unit
from tests.lake.company import AT, HEADER, MAPPING, Company, line
from tests.lake.rows import table_rows

pytestmark = pytest.mark.django_db


def run(*words: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import", *words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def mapping(company: Company) -> Path:
    path = company.folder / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def importer(unit: Unit, email: str = "importer@example.org") -> Person:
    position, _made = Position.objects.get_or_create(
        code="importer", defaults={"name": "importer", "abilities": [Ability.IMPORT_DATA]}
    )
    person = Person.objects.create(email=email, name="importer")
    Assignment.objects.create(
        person=person, position=position, unit=unit, starts_on=AT.date().replace(year=2020)
    )
    return person


def test_a_file_is_imported_and_summed_up(company: Company, mapping: Path) -> None:
    path = company.file(HEADER + line(1) + line(2, "ten"))
    said = run(path, "--as", "order_lines", "--map", mapping, "--unit", "market")
    assert "2 read, 1 loaded, 0 already there, 1 left out." in said
    assert "line 3: “Net sales”: “ten” is not a number" in said
    assert run(path, "--map", mapping, "--unit", "market").strip().endswith("Nothing changed.")


def test_a_dry_run_loads_nothing(company: Company, mapping: Path) -> None:
    said = run(company.file(HEADER + line(1)), "--map", mapping, "--unit", "market", "--dry-run")
    assert "Would load 1 of 1 rows" in said
    assert (Import.objects.count(), the_lake().snapshot("order_lines").version) == (0, -1)


def test_a_dry_run_shows_the_guessed_mapping_which_can_be_kept(company: Company) -> None:
    path = company.file(HEADER.replace("\n", ",till\n") + line(1).replace("\n", ",7\n"))
    said = run(path, "--as", "order_lines", "--unit", "market", "--dry-run")
    shown, _head, kept = said.partition("hand it over with --map:\n\n")
    assert "  day → sold_on (Sold on)\n" in shown
    assert "  till → not used\n" in shown
    mapping = kept.partition("Would load")[0]
    saved = company.folder / "kept.yaml"
    saved.write_text(mapping, encoding="utf-8")
    again = run(path, "--map", saved, "--dry-run")
    assert again == kept.removeprefix(mapping)
    assert Import.objects.count() == 0


def test_a_dry_run_says_which_columns_were_not_found(company: Company) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="These required columns are not mapped"):
        call_command(
            "import", company.file("day,order\n2024-01-01,A\n"), "--as", "order_lines", "--unit", "market",
            "--dry-run", stdout=out,
        )  # fmt: skip
    assert "  day → sold_on (Sold on)\n" in out.getvalue()
    assert "  nothing found for net_sales (Net sales)\n" in out.getvalue()


def test_without_a_mapping_one_is_guessed_and_can_be_shown(company: Company) -> None:
    said = run(company.file(HEADER + line(1)), "--as", "order_lines", "--show-mapping")
    assert "sold_on: day" in said
    run(company.file(HEADER + line(1)), "--as", "order_lines", "--unit", "market")
    assert table_rows(the_lake(), "order_lines", "order_code") == [("A1",)]


def test_an_import_is_taken_back_by_number(company: Company, mapping: Path) -> None:
    run(company.file(HEADER + line(1)), "--map", mapping, "--unit", "market")
    number = Import.objects.get().pk
    assert f"Import {number} is undone: 1 rows left order_lines." in run("--undo", number)
    with pytest.raises(CommandError, match="There is no import 0"):
        run("--undo", 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name a file"),
        (("missing.csv", "--as", "order_lines", "--unit", "market"), "No such file"),
        (("sales.csv",), "Say which table"),
        (("sales.csv", "--as", "order_lines"), "Name the company with --unit. Companies: market."),
        (("sales.csv", "--as", "stock", "--map", "mapping.yaml"), "is for order_lines, not for stock"),
        (("sales.csv", "--map", "mapping.yaml", "--as-person", "nobody@example.org"), "There is no person"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for_in_a_sentence(
    words: tuple[str, ...], sentence: str, company: Company, mapping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.file(HEADER + line(1))
    monkeypatch.chdir(company.folder)
    with pytest.raises(CommandError) as caught:
        run(*words)
    assert sentence in str(caught.value)


def test_a_file_of_which_nothing_can_be_loaded_is_an_error(company: Company, mapping: Path) -> None:
    with pytest.raises(CommandError, match="no row could be loaded; all 1 were left out"):
        run(company.file(HEADER + line(1, "ten")), "--map", mapping, "--unit", "market")
    with pytest.raises(CommandError, match="檔案裡找不到這些欄"):
        run(company.file("a,b\n1,2\n"), "--map", mapping, "--unit", "market", "--language", "zh-hant")


def test_a_person_imports_only_for_units_of_theirs(company: Company, mapping: Path) -> None:
    other = Unit.objects.add_root({"code": "other", "name": "x", "is_company": True, "currency": "USD"})
    person = importer(other)
    path = company.file(HEADER + line(1))
    with pytest.raises(CommandError, match="for another part of the organisation"):
        run(path, "--map", mapping, "--unit", "market", "--as-person", person.email)
    run(path, "--map", mapping, "--unit", "other", "--as-person", person.email)
    number = Import.objects.get().pk
    stranger = importer(company.unit, "stranger@example.org")
    with pytest.raises(CommandError, match=f"There is no import {number}"):
        run("--undo", number, "--as-person", stranger.email)


def test_imports_and_their_rows_are_seen_by_who_may_import_for_the_unit(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    mine = importer(company.unit)
    theirs = importer(
        Unit.objects.add_root({"code": "other", "name": "x", "is_company": True, "currency": "USD"}),
        "b@example.org",
    )
    assert list(imports_visible_to(mine)) == [row]
    assert quarantine_visible_to(mine).count() == 1
    assert (list(imports_visible_to(theirs)), quarantine_visible_to(theirs).count()) == ([], 0)
    assert [unit.code for unit in units_importable_by(mine)] == ["market"]
    assert (can_import(mine, company.unit).allowed, can_import(theirs, company.unit).allowed) == (True, False)
    mine.is_active = False
    assert list(imports_visible_to(mine)) == []


def test_what_was_found_about_the_days_is_said_once(company: Company) -> None:
    path = company.file(HEADER + line(1) + line(2, day="31/13/2024"))
    note = "Sold on: %Y-%m-%d reads 1 of 2 rows."
    words = (path, "--as", "order_lines", "--unit", "market")
    assert run(*words, "--dry-run").count(note) == 1
    assert run(*words).count(note) == 1


def test_a_guessed_encoding_is_said_once(company: Company) -> None:
    path = company.folder / "sales.csv"
    path.write_bytes(
        (HEADER + "".join(line(n).replace("A", "台北信義店鮮奶優酪乳") for n in range(9))).encode("big5")
    )
    words = (path, "--as", "order_lines", "--unit", "market")
    assert run(*words, "--dry-run").count("it was read as cp950") == 1
    assert run(*words).count("it was read as cp950") == 1
    assert [note[1] for note in Import.objects.get().notes] == [
        "The file does not say its encoding; it was read as cp950, which seems to fit. "
        "If words look wrong, state the encoding."
    ]
