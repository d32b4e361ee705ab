"""Short hands for writing the shipped catalogue."""

from remit.core.text import Text

from .spec import Better, Family, Filter, Metric, Nothing, Spec, Unit

LINES = "order_lines"
GRAINS = {
    "order_lines": Text("銷售明細：一張單據上的一行商品", "Order lines: one product line of one receipt"),
    "exposures": Text(
        "觸及：一位客戶被一次活動觸及一天", "Exposures: one customer reached by one campaign on one day"
    ),
    "redemptions": Text("核銷：一張優惠券的一次核銷", "Redemptions: one redemption of one coupon"),
    "spend": Text("營銷支出：一筆支出", "Spend: one item of marketing spend"),
    "stock": Text(
        "庫存：一項商品一天結束時在一家門店", "Stock: one product in one outlet at the end of one day"
    ),
    "occurrences": Text(
        "職責履行：一項職責在一個單位到期一次", "Duties due: one time that a duty fell due in a unit"
    ),
    "charges": Text(
        "職責分派：目前一個單位負有的一項職責", "Duties owed: one duty that a unit owes at present"
    ),
    "placements": Text(
        "陳列與刊登：一項商品一週在一家門店", "Placements: one product in one outlet in one week"
    ),
}
BY_PIECE = Filter("sold_by", "in", ("piece", None))


def known(column: str) -> Filter:
    """Keep rows where the column is known."""
    return Filter(column, "known")


def metric(
    name: str,
    family: Family,
    title: Text,
    meaning: Text,
    spec: Spec,
    *,
    unit: Unit,
    owner: str,
    better: Better = Better.UP,
    table: str = LINES,
    nothing: Nothing = Nothing.NONE,
    digits: int | None = None,
) -> Metric:
    """One shipped metric; the grain is its table's. Digits follow the unit unless given."""
    shown = {Unit.MONEY: 2, Unit.COUNT: 0, Unit.PERCENT: 1, Unit.RATIO: 2, Unit.DAYS: 0, Unit.HOURS: 1}
    return Metric(
        name=name,
        title=title,
        meaning=meaning,
        family=family,
        unit=unit,
        better=better,
        table=table,
        grain=GRAINS[table],
        nothing=nothing,
        owner=owner,
        spec=spec,
        digits=shown[unit] if digits is None else digits,
    )
