"""Chromium for tests: where it is, how it starts, what it hears, and measures taken inside a page."""

import base64
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATIENCE = 30.0  # seconds
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that is closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield found
        finally:
            found.close()


def until(page: Any, condition: str, argument: object = None) -> None:
    """Waits until a JavaScript condition holds in a page. It is asked from outside each time: what Playwright's
    wait_for_function asks a second time is an eval inside the page, which the page's policy refuses.
    """
    last = time.monotonic() + _PATIENCE
    while not page.evaluate(condition, argument):
        assert time.monotonic() < last, condition
        page.wait_for_timeout(50)


def listen(page: Any) -> list[str]:
    """What nobody should hear from a page: console messages, errors, requests that leave the disk. Grows as they come."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on(
        "requestfailed",
        lambda request: None if "ABORTED" in request.failure else heard.append(f"failed: {request.url}"),
    )
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else heard.append(asked.url),
    )
    return heard


def colours(blank: Any, png: bytes) -> tuple[int, float]:
    """How many colours a screenshot has, and what part of it is not of the most frequent one. blank: a page of no site."""
    kinds, most, total = blank.evaluate(_COUNT, base64.b64encode(png).decode())
    return kinds, 1 - most / total


_COUNT = """async (png) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas').getContext('2d');
  [canvas.canvas.width, canvas.canvas.height] = [image.width, image.height];
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer), counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  return [counts.size, Math.max(...counts.values()), pixels.length];
}"""

# Every visible stretch of text with its box; not what scrolls in a box of its own, nor the link to skip the menu.
_TEXTS = """
const stretches = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || holder.closest('script, style, .skip, title, desc')) continue;
    if (!holder.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width && box.height) found.push({node, holder, box});
  }
  return found;
};
"""

# Texts that stand outside the page's width, or that a box with hidden overflow cuts.
CLIPPED = (
    "() => {"
    + _TEXTS
    + """
  const faults = [];
  for (const {node, holder, box} of stretches()) {
    if (holder.closest('.scroll')) continue;
    const words = node.data.trim().slice(0, 30);
    if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) faults.push('outside: ' + words);
    for (let up = holder; up && up !== document.body; up = up.parentElement) {
      if (!['hidden', 'clip'].includes(getComputedStyle(up).overflowX)) continue;
      const edge = up.getBoundingClientRect();
      if (up.namespaceURI.endsWith('html') && (box.right > edge.right + 1 || box.left < edge.left - 1)) faults.push('cut: ' + words);
    }
  }
  return faults;
}"""
)

# Texts whose contrast with what is painted behind them is below the least of WCAG AA: [ratio, words].
FAINT = (
    "(least) => {"
    + _TEXTS
    + """
  const dot = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    dot.clearRect(0, 0, 1, 1);
    dot.fillStyle = colour;
    dot.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = dot.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3).map((value, n) => value * top[3] + under[n] * (1 - top[3])).concat(1);
  const behind = (element) => {
    const layers = [];
    const tile = element.namespaceURI.endsWith('svg') && element.parentElement.querySelector(':scope > rect.c-cell');
    if (tile) layers.push(rgba(getComputedStyle(tile).fill === 'none' ? 'transparent' : getComputedStyle(tile).fill));
    for (let up = element; up; up = up.parentElement) layers.push(rgba(getComputedStyle(up).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faults = [];
  for (const {node, holder} of stretches()) {
    const style = getComputedStyle(holder), ground = behind(holder);
    const ink = over(rgba(holder.namespaceURI.endsWith('svg') ? style.fill : style.color), ground);
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    const place = holder.tagName + '.' + (holder.getAttribute('class') || '');
    if (ratio < least) faults.push([Math.round(ratio * 100) / 100, place, node.data.trim().slice(0, 20)]);
  }
  return faults;
}"""
)

# Pairs of texts in one drawing that stand on each other.
OVERLAPS = """() => {
  const faults = [];
  for (const svg of document.querySelectorAll('.drawing > svg')) {
    if (!svg.checkVisibility()) continue;
    const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
    texts.forEach(([words, a], n) => texts.slice(n + 1).forEach(([others, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1.5 && down > 0.45 * Math.min(a.height, b.height)) faults.push(words + ' / ' + others);
    }));
  }
  return faults;
}"""


def one_of_each(site: Path) -> list[Path]:
    """A page of each type of a built site: of those with many pages (articles, charts, places …) the largest, of others all."""
    groups: dict[str, list[Path]] = {}
    for page in sorted(site.rglob("*.html")):
        folder, *rest = page.relative_to(site).parts
        deep = len(rest) > 1
        groups.setdefault(f"{folder}/*" if deep else f"{folder}/{'/'.join(rest)}", []).append(page)
    return [max(pages, key=lambda page: (page.stat().st_size, page)) for _, pages in sorted(groups.items())]
