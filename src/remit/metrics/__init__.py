"""What numbers mean and how they are answered."""
