/**
 * Dragging a row of a list by its handle, with one finger or the mouse. The buttons and the keys come first (WCAG 2.5.7);
 * this is for those who like it. The handle needs `touch-action: none`. Escape puts the row back.
 */

/**
 * @typedef {{row: HTMLElement, rows: HTMLElement[], tops: number[], from: number, to: number, y: number, at: number,
 *   scroll: number, step: number, frame: number}} Held  pixels, and places from the top
 */

const EDGE_PX = 72;    // nearer than this to the rim of the window, the page scrolls along
const PACE_PX = 9;     // per frame

/**
 * A pointerdown handler for a handle inside a row.
 * @param {(to: number) => void} onDrop its new place in the list as it stands on the screen, from the top
 */
export function draggable(onDrop) {
  /** @param {PointerEvent} event */
  return (event) => {
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    const row = /** @type {HTMLElement | null} */ (handle.closest('[data-row]'));
    if (!row?.parentElement || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    follow(handle, pickUp(row, event.clientY), onDrop);
  };
}

/** @param {HTMLElement} row @param {number} y @returns {Held} */
function pickUp(row, y) {
  const rows = /** @type {HTMLElement[]} */ ([...(row.parentElement?.children ?? [])].filter((one) => one.matches('[data-row]')));
  const boxes = rows.map((one) => one.getBoundingClientRect());
  const from = rows.indexOf(row);
  const gap = boxes.length > 1 ? boxes[1].top - boxes[0].bottom : 0;
  row.classList.add('held');
  return { row, rows, tops: boxes.map((box) => box.top + box.height / 2), from, to: from, y, at: y, scroll: scrollY, step: boxes[from].height + gap, frame: 0 };
}

/** @param {HTMLElement} handle @param {Held} held @param {(to: number) => void} onDrop */
function follow(handle, held, onDrop) {
  const listening = new AbortController();
  const { signal } = listening;
  /** @param {boolean} keep */
  const letGo = (keep) => {
    listening.abort();
    cancelAnimationFrame(held.frame);
    for (const one of held.rows) one.style.transform = '';
    held.row.classList.remove('held');
    if (keep && held.to !== held.from) onDrop(held.to);
  };
  handle.addEventListener('pointermove', (event) => { held.at = event.clientY; show(held); }, { signal });
  handle.addEventListener('pointerup', () => letGo(true), { signal });
  handle.addEventListener('pointercancel', () => letGo(false), { signal });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    letGo(false);
  }, { signal, capture: true });
  const along = () => {
    if (scrollAlong(held.at)) show(held);
    held.frame = requestAnimationFrame(along);
  };
  along();
}

/** The held row follows the finger, the others make room. @param {Held} held */
function show(held) {
  const moved = held.at - held.y + scrollY - held.scroll;
  const middle = held.tops[held.from] + moved;
  held.to = held.tops.filter((top, i) => i !== held.from && (i < held.from ? top < middle : top <= middle)).length;
  held.rows.forEach((one, i) => { one.style.transform = i === held.from ? `translateY(${moved}px)` : shift(held, i); });
}

/** @param {Held} held @param {number} i */
function shift({ from, to, step }, i) {
  if (i > from && i <= to) return `translateY(${-step}px)`;
  return i < from && i >= to ? `translateY(${step}px)` : '';
}

/** @param {number} y where the finger is @returns {boolean} whether the page moved */
function scrollAlong(y) {
  const before = scrollY;
  if (y < EDGE_PX) scrollBy(0, -PACE_PX);
  else if (y > innerHeight - EDGE_PX) scrollBy(0, PACE_PX);
  return scrollY !== before;
}
