"""What `benchmark` runs: one function a task, from a row of its input to a row of its prediction."""
