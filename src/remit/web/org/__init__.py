"""Pages of units, people and positions."""
