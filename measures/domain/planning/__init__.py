"""Writing the plan: measures and their parts."""
