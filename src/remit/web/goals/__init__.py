"""Pages of strategies and goals: from the draft over the split to the pace. Only ``web.urls`` imports it."""
