"""What was sent, read and checked. Pure: no database, no clock of its own."""
