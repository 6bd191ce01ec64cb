"""How well learning works: simulated worlds whose truth is known, half of them unlike the model."""
