"""How duties are kept (H1.1, H1.3b): on time, accepted, proven, and in whose hands."""

from remit.core.text import Text

from .families import metric
from .spec import Better, Count, Family, Filter, Nothing, Ratio, Sum, Unit

_OWED = Filter("state", "not in", ("waived",))
_ACCEPTED = Filter("state", "in", ("accepted",))

DUTIES = (
    metric(
        "on_time_rate",
        Family.DUTIES,
        Text("準時率", "On-time rate"),
        Text(
            "期間內到期且未豁免的職責中，不晚於到期時間交付且未被退回的比例。",
            "Of the duties that fell due and were not waived, the share delivered by the time they were due "
            "and not returned since.",
        ),
        Ratio(Count((_OWED, Filter("on_time", "in", (True,)))), Count((_OWED,))),
        table="occurrences",
        unit=Unit.PERCENT,
        owner="marketing_director",
    ),
    metric(
        "returned_rate",
        Family.DUTIES,
        Text("退回率", "Returned rate"),
        Text(
            "期間內到期職責的全部交付中，被當責者退回的比例；重交一次算一次交付。",
            "Of all deliveries of the duties that fell due, the share that the accountable returned; "
            "delivering again is another delivery.",
        ),
        Ratio(Sum("returns"), Sum("deliveries")),
        table="occurrences",
        unit=Unit.PERCENT,
        owner="marketing_director",
        better=Better.DOWN,
    ),
    metric(
        "evidence_quality",
        Family.DUTIES,
        Text("憑證完整率", "Evidence quality"),
        Text(
            "期間內到期且已驗收的職責中，一次也沒有退回、且所附憑證不少於要求件數的比例。",
            "Of the duties that fell due and were accepted, the share that was never returned and has at "
            "least the evidence asked for.",
        ),
        Ratio(
            Count((_ACCEPTED, Filter("returns", "<=", (0,)), Filter("evidence_missing", "<=", (0,)))),
            Count((_ACCEPTED,)),
        ),
        table="occurrences",
        unit=Unit.PERCENT,
        owner="marketing_director",
    ),
    metric(
        "duties_load",
        Family.DUTIES,
        Text("職責工時", "Hours of duties"),
        Text(
            "期間內到期且未豁免的職責所需工時的合計。",
            "Hours that the duties take which fell due and were not waived.",
        ),
        Sum("hours", (_OWED,)),
        table="occurrences",
        unit=Unit.HOURS,
        owner="marketing_director",
        better=Better.NEITHER,
        nothing=Nothing.ZERO,
    ),
    metric(
        "duty_coverage",
        Family.DUTIES,
        Text("當責覆蓋率", "Duty coverage"),
        Text(
            "目前各單位負有的職責中，恰有一人當責的比例。",
            "Of the duties that units owe at present, the share for which exactly one person is accountable.",
        ),
        Ratio(Count((Filter("has_accountable", "in", (True,)),)), Count()),
        table="charges",
        unit=Unit.PERCENT,
        owner="marketing_director",
    ),
)
