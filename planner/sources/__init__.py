"""Where the shipped figures come from: compiling the facts, later refreshing them."""
