"""Units, positions, people, assignments and the scopes that follow from them."""
