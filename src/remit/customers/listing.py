"""How the customers are kept, imported and published."""

from remit.lake.actions.dimensions import Listing

from .models import Customer

CUSTOMERS = Listing(
    Customer,
    owner="unit",
    columns=("age_group", "area", "income", "household", "home_ownership", "marital", "kids"),
)
