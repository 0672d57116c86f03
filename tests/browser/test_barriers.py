"""What our look at a page finds: each barrier that is serious, and what sticks out."""

from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, barriers

PAGE = """<!doctype html><html lang="en"><title>Trees</title><main><h1>Trees</h1>
<img src="data:,"><input><h4>Too deep, which is moderate</h4>
<p class="pale">4,200 trees</p><div style="width: 500px">wide</div></main>
<style>.pale { color: #ccc; display: none }
@media (width < 600px) { .pale { display: block } }</style>"""


def test_serious_ones_are_told_in_each_size_and_moderate_ones_are_not(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(PAGE)
    told = {}
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        told[width] = [line.split(":")[0] for line in barriers(page)]
    page.close()
    assert sorted(told[DESKTOP[0]]) == ["image-alt", "label"]
    *named, wide = told[PHONE[0]]
    assert sorted(named) == ["color-contrast", "image-alt", "label"]
    assert wide.endswith("px wider than the window")
