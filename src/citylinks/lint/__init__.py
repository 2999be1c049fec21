"""What must hold: one file a rule, the runner, and its configuration."""
