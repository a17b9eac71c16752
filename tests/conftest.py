"""Shared fixtures: caches and homes always stand in a temporary folder unless a test asks for the real model."""

from __future__ import annotations

import os

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
