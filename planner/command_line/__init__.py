"""The commands behind `python -m planner`: options, and what each command writes."""
