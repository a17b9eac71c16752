"""Shared fixtures: caches and homes always stand in a temporary folder unless a test asks for the real model."""

from __future__ import annotations

import os

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from hypothesis import settings

# The machines that run these tests are shared: a deadline would test their load, not our code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
