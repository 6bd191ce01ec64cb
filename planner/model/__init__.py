"""The model: functions of arrays. No files, no clock, no global random state."""
