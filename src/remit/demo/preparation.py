"""Write the files that the demonstration imports, from the packages' own ones.

What the import door can read is handed to it as it is. Prepared are only: lists that the sources do not have
as files (outlets, Ta Feng's products and customers), the days of campaign contacts, and the CSV in its zip.
"""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from remit.lake.duck import connect

from . import cast
from .sources import clickstream_file, journey_file, tafeng_archive

TAFENG_CSV = "ta_feng_all_months_merged.csv"
# What the page of an event says of it, under "demonstration configuration".
MAIL_ON_FIRST_DAY = "活動首日、郵寄 first day of the campaign, by mail"
DAY_ONLY = "當日零時，來源只有日期 midnight: the source has days only"
SYNTHETIC = "合成的點擊流，指定給這家公司 synthetic clickstream, assigned to this company"


def prepared(name: str, folder: Path) -> Path:
    """The file of that name in ``folder``, written now when it is missing. Half a file is never left."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".half{path.suffix}")
        WRITERS[name](folder, half)
        half.replace(path)
    return path


def _journey_outlets(folder: Path, path: Path) -> None:
    """Every store id of the transactions; the region is the id modulo four: demonstration configuration."""
    regions = ", ".join(f"'{code}'" for code in cast.REGIONS)
    _write(
        f"SELECT DISTINCT store_id AS code, [{regions}][store_id % 4 + 1] AS unit, 'store' AS kind"  # noqa: S608  # our own constants
        f" FROM read_parquet('{journey_file('transactions')}') ORDER BY store_id",
        path,
    )


def _journey_exposures(folder: Path, path: Path) -> None:
    """Each household of each campaign, on the campaign's first day: the source has no day of contact."""
    _write(
        f"SELECT household_id, campaign_id, start_date FROM read_parquet('{journey_file('campaigns')}') c"  # noqa: S608  # paths of packages
        f" JOIN read_parquet('{journey_file('campaign_descriptions')}') d USING (campaign_id)"
        " ORDER BY campaign_id, household_id",
        path,
    )


def _journey_events(folder: Path, path: Path) -> None:
    """What each household did: a campaign reached it, it redeemed a coupon, it bought a basket. Times in UTC.

    The source has days of campaigns and redemptions: their events stand at the beginning of the day.
    """
    midnight = "timezone('UTC', timezone('America/New_York', {}::DATE::TIMESTAMP))"
    _write(
        "SELECT concat('exposed-', campaign_id, '-', household_id) AS event_code, household_id,"  # noqa: S608  # paths of packages
        f" 'exposed' AS event, {midnight.format('start_date')} AS happened_at, 'mail' AS channel,"
        " campaign_id, NULL AS store_id, NULL AS value, NULL AS currency,"
        f" {_told(demonstration=MAIL_ON_FIRST_DAY)} AS properties"
        f" FROM read_parquet('{journey_file('campaigns')}') c"
        f" JOIN read_parquet('{journey_file('campaign_descriptions')}') d USING (campaign_id)"
        " UNION ALL SELECT"
        " concat_ws('-', 'redeemed', campaign_id, household_id, coupon_upc, redemption_date::DATE),"
        f" household_id, 'redeemed', {midnight.format('redemption_date')}, NULL, campaign_id, NULL, NULL,"
        f" NULL, {_told(coupon='coupon_upc', demonstration=DAY_ONLY)}"
        f" FROM read_parquet('{journey_file('coupon_redemptions')}')"
        " UNION ALL SELECT concat('bought-', basket_id), any_value(household_id), 'bought',"
        " min(transaction_timestamp), 'store', NULL, any_value(store_id),"
        " sum(round(sales_value, 2)::DECIMAL(18, 2)), 'USD', NULL"
        f" FROM read_parquet('{journey_file('transactions')}') GROUP BY basket_id"
        " ORDER BY happened_at, event_code",
        path,
    )


def _clickstream(folder: Path, path: Path) -> None:
    """Each row as an event, told by its place in the file: 30 rows repeat another."""
    told = _told(
        session="session_id", platform="platform", cohort="user_cohort", lifecycle="user_lifecycle",
        demonstration=SYNTHETIC,
    )  # fmt: skip
    _write(
        "SELECT concat('click-', lpad(row_number() OVER ()::VARCHAR, 5, '0')) AS event_code,"  # noqa: S608  # path of a package
        f" user_id, event, timestamp, acquisition_channel, {told} AS properties"
        f" FROM read_csv('{clickstream_file()}', header = true) ORDER BY event_code",
        path,
    )


def _told(*, demonstration: str, **columns: str) -> str:
    """SQL of an event's properties: columns by the name of the property, and what is configuration."""
    said = "".join(f"'{name}', {column}::VARCHAR, " for name, column in columns.items())
    return f"json_object({said}'demonstration', '{demonstration}')::VARCHAR"


def _journey_coupons(folder: Path, path: Path) -> None:
    """The products of each coupon of each campaign, from the campaign's first day on."""
    _write(
        "SELECT DISTINCT campaign_id, coupon_upc, product_id, start_date"  # noqa: S608  # paths of packages
        f" FROM read_parquet('{journey_file('coupons')}') c"
        f" JOIN read_parquet('{journey_file('campaign_descriptions')}') d USING (campaign_id)"
        " ORDER BY campaign_id, coupon_upc, product_id",
        path,
    )


def _journey_placements(folder: Path, path: Path) -> None:
    """Week numbers as first days; where a row comes twice, the higher code of each place."""
    _write(
        "SELECT store_id, product_id,"  # noqa: S608  # paths of packages
        " CASE week WHEN 1 THEN DATE '2017-01-01'"
        " ELSE DATE '2017-01-02' + (week - 2)::INTEGER * 7 END AS week_on,"
        " max(nullif(display_location, '0')) AS display, max(nullif(mailer_location, '0')) AS mailer"
        f" FROM read_parquet('{journey_file('promotions')}') GROUP BY ALL"
        " ORDER BY week_on, store_id, product_id",
        path,
    )


def _tafeng_lines(folder: Path, path: Path) -> None:
    with (
        zipfile.ZipFile(tafeng_archive()) as archive,
        archive.open(TAFENG_CSV) as source,
        path.open("wb") as target,
    ):
        shutil.copyfileobj(source, target, 2**20)


def _tafeng_products(folder: Path, path: Path) -> None:
    """Each product with the subclass of its newest sale: 255 products changed theirs in the four months."""
    _write(
        "SELECT PRODUCT_ID AS code, left(subclass, 2) AS department, subclass AS category FROM ("  # noqa: S608  # our own path
        " SELECT PRODUCT_ID,"
        " max_by(PRODUCT_SUBCLASS, (strptime(TRANSACTION_DT, '%m/%d/%Y'), PRODUCT_SUBCLASS)) AS subclass"
        f" FROM {_tafeng(folder)} GROUP BY PRODUCT_ID) ORDER BY code",
        path,
    )


def _tafeng_customers(folder: Path, path: Path) -> None:
    """Each customer with age group and postal code, which never vary in the source."""
    _write(
        "SELECT CUSTOMER_ID AS code, any_value(AGE_GROUP) AS age_group, any_value(PIN_CODE) AS area"  # noqa: S608  # our own path
        f" FROM {_tafeng(folder)} GROUP BY CUSTOMER_ID ORDER BY code",
        path,
    )


def _tafeng(folder: Path) -> str:
    return f"read_csv('{prepared('tafeng_order_lines.csv', folder)}', all_varchar = true, header = true)"


def _write(sql: str, path: Path) -> None:
    """Run a query into a CSV or Parquet file."""
    form = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    with connect(spill=path.parent) as connection:
        connection.execute(f"COPY ({sql}) TO '{path}' ({form})")


WRITERS: dict[str, Callable[[Path, Path], None]] = {
    "journey_outlets.csv": _journey_outlets,
    "journey_exposures.csv": _journey_exposures,
    "journey_events.parquet": _journey_events,
    "clickstream.parquet": _clickstream,
    "journey_coupons.csv": _journey_coupons,
    "journey_placements.parquet": _journey_placements,
    "tafeng_order_lines.csv": _tafeng_lines,
    "tafeng_products.csv": _tafeng_products,
    "tafeng_customers.csv": _tafeng_customers,
}
