"""The tests; a package so that no other library's `tests` is found in its place."""
