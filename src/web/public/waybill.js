// Everything works without this file. It saves keystrokes, and nothing that matters is decided here.

/** After a form came back, what was wrong is read first. */
document.querySelector('[data-focus]')?.focus();

/** A form that was sent is not sent twice by a double click; the act's id would make it one act in any case. */
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  if (form.dataset.sent === 'yes') return event.preventDefault();
  form.dataset.sent = 'yes';
});

/** A page that comes back from the browser's memory may be sent again. */
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

/** A page that is better with a script of its own names it. */
for (const { dataset } of document.querySelectorAll('[data-script]')) import(dataset.script);
