"""Encoders and translation packages on this machine: listed, installed, removed. Nothing is downloaded unasked."""

from aligner.models.install import Installed, install
from aligner.models.manage import Model, list_models, path, remove

__all__ = ["Installed", "Model", "install", "list_models", "path", "remove"]
