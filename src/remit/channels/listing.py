"""How outlets are kept, imported and published."""

from remit.lake.actions.dimensions import Listing

from .models import Outlet

OUTLETS = Listing(Outlet, owner="company", columns=("name", "kind", "area_m2", "opened_on", "unit", "region"))
