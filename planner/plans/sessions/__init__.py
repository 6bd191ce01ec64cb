"""Sessions: counts by block first (stage 1), places in the week second (stage 2)."""
