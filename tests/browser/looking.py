"""What can be wrong with a page as it stands in the browser: for axe-core, for narrow screens, for the keyboard."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)
ZOOMED = ViewportSize(width=640, height=450)
"""What is left of `DESK` at 200 % zoom."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now: rule and place, nothing when all is well.

    The page forbids foreign scripts, so axe comes in through the debugger, which no policy stops.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page scrolls sideways; 0 when it fits."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sticking_out(page: Page) -> list[str]:
    """The elements that make the page scroll sideways, the outermost first; nothing when it fits."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const clips = node => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowX);
          const scrolls = node => node && node !== document.documentElement
            && (clips(node) || scrolls(node.parentElement));
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll('*')]
            .filter(node => node.getBoundingClientRect().right > width + 0.5 && !scrolls(node.parentElement))
            .map(node => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)} > ${width}`);
        }"""
    )
    return found


def faults(page: Page) -> list[str]:
    """What is wrong with the page on a telephone, on a desk, and there at 200 % zoom with everything unfolded."""
    found = []
    for size in (PHONE, ZOOMED, DESK):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {fault}" for fault in sticking_out(page)]
        if size is PHONE:
            found += [f"{size['width']}: {fault}" for fault in violations(page)]
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            found += [f"unfolded: {fault}" for fault in sticking_out(page)]
    return found + [f"{DESK['width']}: {fault}" for fault in violations(page)]


def focused(page: Page) -> str:
    """What has the focus, in a few words: its tag, and its name or text."""
    return str(
        page.evaluate(
            """() => {
              const node = document.activeElement;
              const label = node.getAttribute('aria-label') || node.labels?.[0]?.innerText;
              const words = label || node.innerText || node.textContent || node.value || '';
              return `${node.tagName.toLowerCase()} ${words.trim().replace(/\\s+/g, ' ').slice(0, 60)}`.trim();
            }"""
        )
    )


def shows_focus(page: Page) -> bool:
    """Whether what has the focus is visible and looks focused: by an outline or a shadow on it or on its label."""
    return bool(
        page.evaluate(
            """() => {
              const node = document.activeElement;
              const marked = one => {
                const style = getComputedStyle(one);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
              };
              const box = node.getBoundingClientRect();
              const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
              return seen && [node, ...(node.labels || []), node.parentElement].some(marked);
            }"""
        )
    )
