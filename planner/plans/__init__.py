"""Plans: what to do about a gap. Functions of arrays, like the model."""
