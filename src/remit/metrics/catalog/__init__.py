"""What each number means (pure: never imports Django)."""
