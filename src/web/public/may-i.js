// Asks only what applies to what was chosen. What is hidden is not sent either.

const chosen = (form, name) => new FormData(form).getAll(name).map(String);

const settle = (form) => {
  for (const part of form.querySelectorAll('[data-when]')) {
    const applies =
      part.parentElement.closest('[data-when][hidden]') === null &&
      chosen(form, part.dataset.when).some((one) => part.dataset.is.split('|').includes(one));
    part.hidden = !applies;
    for (const field of part.querySelectorAll('input, select, textarea')) field.disabled = !applies;
  }
};

for (const form of document.querySelectorAll('form')) {
  if (form.querySelector('[data-when]') === null) continue;
  // From the outside in, so that what stands inside something hidden is hidden with it.
  form.addEventListener('change', () => settle(form));
  settle(form);
}
