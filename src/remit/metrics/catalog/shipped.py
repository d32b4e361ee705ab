"""All metrics that ship, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from .brand import BRAND
from .channel import CHANNEL
from .conversion import CONVERSION
from .cost import COST
from .duties import DUTIES
from .loyalty import LOYALTY
from .margin import MARGIN
from .sales import SALES
from .spec import Metric
from .traffic import TRAFFIC

SHIPPED: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for family in (SALES, TRAFFIC, CONVERSION, LOYALTY, BRAND, MARGIN, CHANNEL, COST, DUTIES)
        for metric in family
    }
)
