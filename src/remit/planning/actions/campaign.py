"""Load, stub and publish campaigns."""

from remit.lake.actions.keeping import Kept

from .. import events
from ..listing import CAMPAIGNS

_kept = Kept(CAMPAIGNS, "campaigns", events.CAMPAIGNS_LOADED, events.CAMPAIGNS_STUBBED)

load_campaigns, ensure_campaigns, publish_campaigns = _kept.load, _kept.ensure, _kept.publish
