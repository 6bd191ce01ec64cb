"""Rollout planner for Suomi.fi Messages: how much digital support, where and when."""
