"""The positions that ship with the product (H3.2), for every installation."""

from dataclasses import dataclass

from .enums import Ability, Board


@dataclass(frozen=True, slots=True)
class ShippedPosition:
    """A position as it is added where it is missing; an installation may change it afterwards."""

    code: str
    name: str
    name_en: str
    board: Board
    abilities: tuple[Ability, ...] = ()


SHIPPED_POSITIONS = (
    ShippedPosition(
        "marketing_director", "營銷總監", "Marketing director", Board.DIRECTOR,
        (Ability.IMPORT_DATA, Ability.DEFINE_FIGURES, Ability.MANAGE_DUTIES, Ability.READ_AUDIT),
    ),
    ShippedPosition(
        "market_analyst", "市場分析師", "Market analyst", Board.ANALYST,
        (Ability.IMPORT_DATA, Ability.DEFINE_FIGURES),
    ),
    ShippedPosition("brand_manager", "品牌經理", "Brand manager", Board.BRAND, (Ability.DEFINE_FIGURES,)),
    ShippedPosition(
        "digital_marketer", "數字營銷專員", "Digital marketer", Board.DIGITAL,
        (Ability.IMPORT_DATA, Ability.DEFINE_FIGURES),
    ),
    ShippedPosition(
        "channel_manager", "渠道經理", "Channel manager", Board.CHANNEL, (Ability.DEFINE_FIGURES,)
    ),
    ShippedPosition("sales_director", "銷售總監", "Sales director", Board.CHANNEL, (Ability.DEFINE_FIGURES,)),
    ShippedPosition("sales_person", "銷售專員", "Sales person", Board.CHANNEL),
    ShippedPosition(
        "finance_director", "財務總監", "Finance director", Board.DIRECTOR,
        (Ability.DEFINE_FIGURES, Ability.READ_AUDIT),
    ),
    ShippedPosition("administrator", "系統管理員", "Administrator", Board.DIRECTOR, tuple(Ability)),
)  # fmt: skip
