"""Loads what every test may use beside `tests/conftest.py`; here, because a plugin can be named only at the top."""

pytest_plugins = ["tests.postgresql"]
