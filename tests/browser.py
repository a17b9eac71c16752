"""A real browser for the tests of the report: Debian's chromium with its driver, or a skip that says why."""

from __future__ import annotations

import shutil

import pytest


def open_browser(downloads):
    """Headless chromium that saves files into `downloads`; skips the test where there is none."""
    pytest.importorskip("selenium", reason="selenium is not installed (pip install '.[dev]')")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium with chromedriver (apt-get install chromium chromium-driver)")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    # No sandbox: tests may run as root in a container, and the page is our own.
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1400,1000",
    ):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
