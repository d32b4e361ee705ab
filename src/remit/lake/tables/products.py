"""Products and where they stand in the assortment."""

from remit.core.text import Text

from .shared import ENTITY_CODE, ENTITY_ID, ENTITY_NAME, ENTITY_UNIT, VALID
from .table import TEXT, Column, Table


def _attribute(
    name: str, title: Text, meaning: Text, *headers: str, length_max: int = 120, allowed: str | None = None
) -> Column:
    return Column(name, TEXT, title, meaning, headers=headers, length_max=length_max, allowed=allowed)


PRODUCTS = Table(
    name="products",
    title=Text("商品", "Products"),
    grain=Text("一項商品的一個版本。", "One version of one product."),
    kind="dimension",
    day=None,
    key=("unit_id", "code"),
    columns=(
        ENTITY_ID,
        ENTITY_CODE,
        ENTITY_UNIT,
        ENTITY_NAME,
        _attribute(
            "department",
            Text("部門", "Department"),
            Text("最粗的商品分類。", "The coarsest class of products."),
            "dept",
            "division",
            "部門",
            "大類",
        ),
        _attribute(
            "category",
            Text("品類", "Category"),
            Text("部門之下的分類。", "The class below the department."),
            "product_category",
            "commodity",
            "product_subclass",
            "subclass",
            "品類",
            "類別",
            "中類",
            "分類",
        ),
        _attribute(
            "product_type",
            Text("品項", "Product type"),
            Text("最細的商品分類。", "The finest class of products."),
            "type",
            "sub_commodity",
            "品項",
            "小類",
            "細類",
        ),
        _attribute(
            "brand",
            Text("品牌", "Brand"),
            Text(
                "品牌；分自有與全國性者照來源所記。",
                "Brand, or private and national as the source tells them apart.",
            ),
            "brand_name",
            "品牌",
            "牌子",
        ),
        _attribute(
            "maker",
            Text("廠商", "Maker"),
            Text("製造商或供應商。", "Manufacturer or supplier."),
            "manufacturer",
            "manufacturer_id",
            "supplier",
            "vendor",
            "廠商",
            "製造商",
            "供應商",
        ),
        _attribute(
            "package",
            Text("包裝", "Package"),
            Text("包裝規格。", "Size of the package."),
            "package_size",
            "size",
            "包裝",
            "規格",
            length_max=80,
        ),
        _attribute(
            "sold_by",
            Text("計量方式", "Sold by"),
            Text("piece 按件、volume 按容量、weight 按重量。", "piece, volume or weight."),
            "uom",
            "計量方式",
            allowed="piece|volume|weight",
        ),
        *VALID,
    ),
)
