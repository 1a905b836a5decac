// Runs in the page that is checked.

/** Headings that skip a level, or a page without exactly one of the first. */
const headings = () => {
  const all = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((one) => one.checkVisibility());
  const levels = all.map(({ tagName }) => Number(tagName[1]));
  const found = levels.filter((level) => level === 1).length === 1 ? [] : ['a page has one first heading'];
  levels.forEach((level, n) => {
    if (n > 0 && level > (levels[n - 1] ?? 0) + 1)
      found.push(
        `heading level ${level} after ${levels[n - 1]}: ${all[n]?.textContent?.trim().slice(0, 60)}`,
      );
  });
  return found;
};

/** WCAG 2.2, 2.5.8: what is pressed is 24 by 24 CSS pixels, but for a link in a sentence. */
const targets = () => {
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  return [...document.querySelectorAll(pressed)].flatMap((one) => {
    // A box or a dot of a choice is drawn by its label, which is what is pressed.
    const shown = one instanceof HTMLInputElement && /checkbox|radio/.test(one.type) ? one.labels?.[0] : one;
    if (shown === undefined || shown === null || !shown.checkVisibility()) return [];
    const { width, height } = shown.getBoundingClientRect();
    const inline = one.tagName === 'A' && getComputedStyle(one).display === 'inline';
    const offScreen = shown.getBoundingClientRect().bottom <= 0;
    return inline || offScreen || (width >= 24 && height >= 24)
      ? []
      : [`a target of ${Math.round(width)} by ${Math.round(height)}: ${one.outerHTML.slice(0, 120)}`];
  });
};

/** Two links with the same words and different places, or a button that many forms share, say too little on their own. */
const names = () => {
  const byName = new Map();
  for (const link of document.querySelectorAll('main a[href]')) {
    if (!link.checkVisibility()) continue;
    const name = (link.getAttribute('aria-label') ?? link.textContent ?? '').replace(/\s+/g, ' ').trim();
    byName.set(name, (byName.get(name) ?? new Set()).add(link.href));
  }
  const buttons = new Map();
  for (const button of document.querySelectorAll('main button')) {
    if (!button.checkVisibility()) continue;
    const name = (button.textContent ?? '').replace(/\s+/g, ' ').trim();
    const place = `${button.form?.action ?? ''} ${button.value}`;
    buttons.set(name, (buttons.get(name) ?? new Set()).add(place));
  }
  return [
    ...[...byName]
      .filter(([, to]) => to.size > 1)
      .map(([name, to]) => `${to.size} links are called “${name}”`),
    ...[...buttons]
      .filter(([, to]) => to.size > 1)
      .map(([name, to]) => `${to.size} buttons are called “${name}”`),
  ];
};

/** Where the focus is: its place in the document, and whether it can be seen. Undefined where it has left the page. */
const focused = () => {
  const one = document.activeElement;
  if (one === null || one === document.body) return undefined;
  const drawn = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  const label = one instanceof HTMLInputElement ? one.labels?.[0] : undefined;
  const seen =
    drawn(getComputedStyle(one)) || (label !== undefined && drawn(getComputedStyle(label, '::before')));
  return { at: [...document.querySelectorAll('*')].indexOf(one), seen, what: one.outerHTML.slice(0, 120) };
};

const wider = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth
    ? [`the page is ${scrollWidth - clientWidth} px wider than its window`]
    : [];
};

const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

/** Begins to note where the focus goes; gives how many times Tab has to be pressed to have been everywhere. */
const watchFocus = () => {
  const places = [];
  globalThis.focusPlaces = places;
  document.addEventListener('focusin', () => places.push(focused()));
  const dates = document.querySelectorAll('input[type=date], input[type=datetime-local]').length;
  return document.querySelectorAll(stops).length + 6 * dates;
};

const focusSeen = () => globalThis.focusPlaces;

globalThis.inPage = { headings, targets, names, wider, watchFocus, focusSeen };
