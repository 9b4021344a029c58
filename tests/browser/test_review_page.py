"""The review page as people use it: offline, by mouse and by keyboard, in light and dark, on paper."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.conftest import Visits
from browser.reviews import HOSTILE

LOAD_SECONDS = 5.0
"""For 1,000 cards, on a machine that does other things too."""
FILTER_SECONDS = 1.0
SEARCH_SECONDS = 2.0


def visible(page: Page) -> int:
    """How many cards a person sees."""
    return page.locator(".card:visible").count()


def choose(page: Page, facet: str, value: str) -> int:
    """Choose an option of a filter; returns the count that it stated."""
    option = page.locator(f'[data-facet="{facet}"] .option', has=page.locator(f'input[value="{value}"]'))
    stated = int(option.locator(".count").inner_text())
    option.locator("input").check()
    return stated


def test_the_verdicts_come_first(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    tiles = page.locator(".tile .verdict").all_inner_texts()
    assert tiles == ["major", "major", "2.0.0"]
    assert "was 1.4.2" in page.locator(".tile.version").inner_text()


def test_what_forces_the_version_leads_to_its_card(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    link = page.locator(".tile.version a").first
    target = page.locator(link.get_attribute("href") or "none")
    expect(target.locator(".body")).to_be_hidden()
    link.click()
    expect(target.locator(".body")).to_be_visible()


def test_a_card_shows_document_and_code_side_by_side(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    card = page.locator(".card", has_text="Boat.name: name becomes optional and may be null")
    card.locator("summary").first.click()
    expect(card).to_contain_text("reads")
    expect(card.locator(".sides").last).to_contain_text("name: str | None = None")
    assert card.locator("tr.changed, tr.added, tr.removed").count() > 1
    assert int(card.locator("td.n").first.inner_text()) > 1
    assert card.locator("ins").count() > 0


@pytest.mark.parametrize(
    ("facet", "value"),
    [("level", "major"), ("meets", "reads"), ("meets", "runtime"), ("resource", "boats"), ("side", "python")],
)
def test_a_filter_shows_as_many_cards_as_it_says(visit: Visits, small_page: Path, facet: str, value: str) -> None:
    page = visit(small_page)
    total = visible(page)
    stated = choose(page, facet, value)
    assert 0 < stated < total
    assert visible(page) == stated
    expect(page.locator("#shown")).to_have_text(f"{stated} of {total} changes")


def test_filters_narrow_each_other_and_can_be_cleared(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    total = visible(page)
    choose(page, "level", "major")
    both = choose(page, "meets", "imports")
    assert visible(page) == both
    page.get_by_role("button", name="Clear filters").click()
    assert visible(page) == total
    expect(page.locator("#shown")).to_have_text(f"{total} changes")


def test_search_finds_every_word(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    page.get_by_role("searchbox").fill("extent renamed")
    expect(page.locator("#shown")).to_contain_text("1 of")
    page.get_by_role("searchbox").fill("zebra")
    expect(page.locator("#nothing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#nothing")).to_be_hidden()


def test_everything_can_be_done_with_keys(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    titles = page.locator(".card:visible h3").all_inner_texts()

    def focused() -> str:
        return str(page.evaluate("document.activeElement.querySelector('h3')?.innerText ?? document.activeElement.id"))

    page.keyboard.press("j")
    assert focused() == titles[0]
    page.keyboard.press("j")
    assert focused() == titles[1]
    page.keyboard.press("k")
    assert focused() == titles[0]
    page.keyboard.press("Enter")
    expect(page.locator(".card .body").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".card .body").first).to_be_hidden()
    page.keyboard.press("/")
    assert focused() == "search"
    page.keyboard.type("jk?")
    expect(page.get_by_role("searchbox")).to_have_value("jk?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("e")
    assert page.locator(".card .body:visible").count() == len(titles)


def test_light_and_dark_follow_the_system_and_the_reader(visit: Visits, small_page: Path) -> None:
    page = visit(small_page, color_scheme="dark")
    color = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(color)
    page.keyboard.press("t")
    light = page.evaluate(color)
    assert dark != light
    assert visit(small_page, color_scheme="light").evaluate(color) == light


def test_the_changelog_can_be_copied(visit: Visits, small_page: Path) -> None:
    page = visit(small_page, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Changelog and migration notes").click()
    expect(page.locator(".paste .copy").last).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("## 2.0.0\n\n### Breaking\n")


def test_text_of_a_document_is_shown_and_does_nothing(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    page.keyboard.press("e")
    shown = HOSTILE.replace("\u202e", "\\u202e")
    expect(page.locator("main")).to_contain_text(shown)
    assert page.locator("main script, main img").count() == 0
    assert "\u202e" not in small_page.read_text("utf-8")


def test_what_was_accepted_says_by_whom(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    card = page.locator(".card", has_text="Boat.mast")
    card.locator("summary").first.click()
    expect(card).to_contain_text("Accepted by harbour team: nobody read it")


def test_paper_shows_every_card_open(visit: Visits, small_page: Path) -> None:
    page = visit(small_page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".card .body:visible").count() == page.locator(".card").count()
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".card .body:visible").count() == 0
    assert len(page.pdf()) > 10_000


def test_it_can_be_read_without_scripts(visit: Visits, small_page: Path) -> None:
    page = visit(small_page, java_script_enabled=False)
    page.locator(".card summary").first.click()
    expect(page.locator(".card .body").first).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()


def test_a_narrow_screen_needs_no_sideways_scrolling(visit: Visits, small_page: Path) -> None:
    page = visit(small_page, viewport={"width": 360, "height": 740})
    page.keyboard.press("e")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing(visit: Visits, small_page: Path, scheme: str, width: int) -> None:
    page = visit(small_page, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.keyboard.press("e")
    page.evaluate("for (const each of document.querySelectorAll('.card')) each.style.contentVisibility = 'visible'")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("?")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_thousand_changes_stay_usable(visit: Visits, large_page: Path) -> None:
    start = time.monotonic()
    page = visit(large_page)
    expect(page.locator("#shown")).to_have_text("1000 changes")
    assert time.monotonic() - start < LOAD_SECONDS
    elapsed = page.evaluate("""() => {
        const start = performance.now();
        document.querySelector('[data-facet="meets"] input').click();
        document.body.offsetHeight;
        return performance.now() - start;
    }""")
    assert elapsed < FILTER_SECONDS * 1000
    assert 0 < visible(page) < 1000
    page.get_by_role("button", name="Clear filters").click()
    start = time.monotonic()
    page.get_by_role("searchbox").fill("part42")
    expect(page.locator("#shown")).to_have_text("10 of 1000 changes")
    assert time.monotonic() - start < SEARCH_SECONDS
