"""The demonstration company: loads real data through the front door."""
