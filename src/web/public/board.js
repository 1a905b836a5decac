// The review board with script: an item opens beside the board, is saved there, and its row is brought up to date. Without
// script the same links and forms lead to pages of their own.

const table = document.querySelector('[data-board]');
const beside = document.querySelector('[data-beside]');
const rows = [...table.querySelectorAll('[data-row]')];
document.querySelector('[data-keys]').hidden = false;

const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
let current;

/** Shows the main part of an item's page in the dialog. */
const show = (page) => {
  const main = page.querySelector('main');
  main.querySelector('.usa-breadcrumb')?.remove();
  const heading = main.querySelector('h1');
  const title = document.createElement('h2');
  title.textContent = heading.textContent;
  title.tabIndex = -1;
  heading.replaceWith(title);
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'usa-button usa-button--outline';
  close.textContent = 'Close';
  close.addEventListener('click', () => beside.close());
  beside.replaceChildren(close, ...main.childNodes);
  if (!beside.open) beside.showModal();
  (beside.querySelector('[data-focus]') ?? title).focus();
};

const open = async (link) => {
  current = link.closest('[data-row]');
  const response = await fetch(link.href, { headers: { accept: 'text/html' } });
  // Signed out meanwhile, or no longer entitled: the page itself says so better than a dialog.
  if (!response.ok || response.redirected) return location.assign(link.href);
  show(parse(await response.text()));
};

/** The row as it stands now, and every other that the same finding may have changed. */
const refresh = async (all) => {
  const item = current.id.slice('row-'.length);
  const response = await fetch(`${location.pathname}${all ? '' : `?only=${encodeURIComponent(item)}`}`);
  if (!response.ok || response.redirected) return location.reload();
  const page = parse(await response.text());
  for (const fresh of page.querySelectorAll('[data-row]')) {
    const stale = document.getElementById(fresh.id);
    if (stale !== null && stale.innerHTML !== fresh.innerHTML) stale.innerHTML = fresh.innerHTML;
  }
  // What is still to be done, and the forms for all of the request, which name the version that they act on.
  for (const fresh of page.querySelectorAll('[data-also]'))
    document.getElementById(fresh.id)?.replaceChildren(...fresh.childNodes);
};

beside.addEventListener('submit', async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const form = event.target;
  const sent = new FormData(form);
  const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(sent) });
  show(parse(await response.text()));
  if (response.ok) await refresh(sent.has('all[]'));
});

/** The item before and the one after are shown in the same place. */
beside.addEventListener('click', (event) => {
  const to = event.target.closest('nav a');
  const link = rows.map((row) => row.querySelector('a')).find(({ href }) => href === to?.href);
  if (to === null || link === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

beside.addEventListener('close', () => current?.querySelector('a').focus());

table.addEventListener('click', (event) => {
  const link = event.target.closest('[data-open]');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

document.addEventListener('keydown', (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (step === undefined || beside.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select') !== null) return;
  const at = rows.indexOf(document.activeElement?.closest('[data-row]') ?? null);
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.querySelector('a').focus();
  next?.scrollIntoView({ block: 'nearest' });
});
