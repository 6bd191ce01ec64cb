"""Speeds beside their limits: `python -m tests.bench [name ...]`, one table.

A new bench is a function in some `bench_*.py` of this folder, marked with `@bench`, that yields a
`Result` for each line of the table. The runner finds it by itself.
"""
