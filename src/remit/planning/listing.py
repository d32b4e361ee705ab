"""How the campaigns are kept, imported and published."""

from remit.lake.actions.dimensions import Listing

from .models import Campaign

CAMPAIGNS = Listing(Campaign, owner="unit", columns=("name", "campaign_type", "starts_on", "ends_on"))
