"""The report in a real browser: filter, search, keys, verdicts, the saved file, no console error, no request."""

from __future__ import annotations

import json
import time

import pytest
from browser import open_browser
from runs import FLAGGED, HOSTILE, hostile_rows, make_run, row

from aligner.reviewing import import_review
from aligner.write.report import write_report


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    downloads = tmp_path_factory.mktemp("downloads")
    driver = open_browser(downloads)
    driver.downloads = downloads
    yield driver
    driver.quit()


@pytest.fixture
def run(tmp_path):
    rows = [*hostile_rows(), row(30, "👨‍👩‍👧 telde 12 gasten", "There were 15 guests", **FLAGGED_EMOJI)]
    return make_run(tmp_path / "run", rows)


FLAGGED_EMOJI = FLAGGED | {"kinds": "number", "nl_span": "12-14", "en_span": "11-13", "severity": "minor"}


@pytest.fixture
def page(browser, run):
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(write_report(run).path.as_uri())
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    assert ready(browser)
    yield browser
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def ready(browser):
    return browser.execute_script("return document.documentElement.dataset.ready === 'yes'")


def count(browser):
    return browser.find_element("id", "count").text


def put(browser, name, value):
    browser.execute_script(
        "const f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('input'))",
        name,
        value,
    )
    time.sleep(0.3)


def keys(browser, text):
    for key in text:
        browser.switch_to.active_element.send_keys(key)


def test_hostile_texts_are_shown_as_they_are(page):
    shown = page.execute_script("return [...document.querySelectorAll('.row p[lang=nl]')].map((p) => p.textContent)")
    assert HOSTILE[0][0] in shown
    assert HOSTILE[1][0] in shown
    assert page.execute_script("return document.scripts.length") == 3
    assert page.execute_script("return document.images.length") == 0


def test_flagged_words_are_marked_on_both_sides(page):
    assert "12 of 12 pairs" in count(page)
    marks = page.execute_script("return [...document.querySelectorAll('#detail mark')].map((m) => m.firstChild.data)")
    assert marks == ["12", "bridge", "15"]
    page.find_element("css selector", "#row-1").click()
    marks = page.execute_script("return [...document.querySelectorAll('#detail mark')].map((m) => m.firstChild.data)")
    assert marks == ["12", "15"]  # after an emoji of several code units
    assert "12 million" in page.find_element("id", "detail").text


def test_filters_and_search(page):
    put(page, "status", "divergent")
    assert count(page) == "2 of 12 pairs"
    put(page, "kind", "entity")
    assert count(page) == "1 of 12 pairs"
    put(page, "kind", "")
    put(page, "status", "")
    put(page, "text", "HARBOUR onerror")
    assert count(page) == "1 of 12 pairs"
    put(page, "text", "nothing of the kind")
    assert count(page) == "0 of 12 pairs"
    assert "No pair matches" in page.find_element("id", "detail").text
    put(page, "text", "")
    put(page, "document", "doc3")
    assert count(page) == "2 of 12 pairs"
    put(page, "document", "")
    put(page, "order", "text")
    assert count(page) == "12 of 12 pairs"


def test_keys_verdicts_and_the_saved_file(page, run):
    page.find_element("id", "list").click()
    page.execute_script("document.getElementById('list').focus()")
    keys(page, "kkka")  # back to the first, accepted
    keys(page, "r")  # the second
    keys(page, "jk")
    assert page.execute_script("return document.querySelector('[aria-selected=true]').id") == "row-2"
    area = page.find_element("id", "field-en")
    area.send_keys("better ajkr text")
    page.find_element("id", "field-comment").send_keys("line one\nline two")
    page.find_element("id", "text").click()
    page.refresh()  # verdicts are kept
    assert ready(page)
    shown = page.execute_script("return [...document.querySelectorAll('.row .verdict')].map((v) => v.textContent)")
    assert shown == ["accepted", "rejected", "corrected"]
    put(page, "decided", "open")
    assert count(page) == "9 of 12 pairs"
    page.find_element("id", "save").click()
    saved = page.downloads / "review-run.tsv"
    until = time.monotonic() + 10
    while not saved.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    told = import_review(run, saved)
    saved.unlink()
    assert (told.taken, told.stale, told.conflicts) == (3, [], [])
    assert [(line.kind, line.right, line.wrong) for line in told.table] == [
        ("number", 1, 1),
        ("entity", 0, 1),
        ("any flag", 1, 1),
        ("not flagged", 0, 1),
    ]


def test_letters_can_be_turned_off_and_undone(page):
    page.execute_script("document.getElementById('list').focus()")
    keys(page, "a")
    keys(page, "ku")
    assert page.execute_script("return document.querySelectorAll('.row .verdict').length") == 0
    page.execute_script("document.getElementById('keys').checked = false")
    keys(page, "ra")
    assert page.execute_script("return document.querySelectorAll('.row .verdict').length") == 0


def test_sentences_without_a_counterpart(page):
    page.execute_script("document.querySelector('#unaligned').open = true")
    time.sleep(0.3)
    assert "Niemand zegt dit <b>elders</b>." in page.find_element("id", "unaligned").text


def test_paper_has_every_pair(page):
    page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert page.execute_script("return document.querySelectorAll('#paper .pair').length") == 12
    assert len(page.print_page()) > 5000


def test_twenty_thousand_pairs_open_and_filter_quickly(browser, tmp_path):
    rows = [
        row(
            at,
            f"Zin {at} over de haven en de brug.",
            f"Sentence {at} on harbour and bridge.",
            **(FLAGGED if at % 5 == 0 else {}),
        )
        for at in range(20_000)
    ]
    path = write_report(make_run(tmp_path / "big", rows)).path
    browser.get(path.as_uri())
    assert ready(browser)
    opened = browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert browser.execute_script("return document.querySelectorAll('.row').length") < 40
    browser.execute_script("document.getElementById('list').scrollTop = 1e9")
    time.sleep(0.3)
    assert browser.execute_script("return [...document.querySelectorAll('.row')].pop().id") == "row-19999"
    took = browser.execute_script(
        "const f = document.getElementById('status'); const t = performance.now(); f.value = 'divergent';"
        "f.dispatchEvent(new Event('input')); return new Promise((done) => {"
        " const look = () => document.getElementById('count').textContent.startsWith('4,000') ?"
        " done(performance.now() - t) : setTimeout(look, 1); look(); })"
    )
    # The promise is 3 s and 200 ms on an idle machine; these run on shared ones.
    assert opened < 12_000
    assert took < 2_000
