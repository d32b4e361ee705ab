"""Settings, addresses, schedule, reactions, command line."""
