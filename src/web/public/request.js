// What the check would say of what is being typed. Nothing is saved by it, and the page says the same after each save.

const WAIT_MS = 600;

for (const place of document.querySelectorAll('[data-findings]')) {
  const form = place.querySelector('form');
  const region = document.getElementById('findings');
  if (form === null || region === null) continue;
  let timer;
  let asked = 0;
  let shown = '';
  const ask = async () => {
    const mine = ++asked;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(place.dataset.findings, { method: 'POST', body }).catch(() => undefined);
    // A later question has been asked since: its answer is the one to show.
    if (answer?.ok !== true || mine !== asked) return;
    const words = await answer.text();
    // The same words again would be read out again.
    if (words !== shown) region.innerHTML = shown = words;
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
}
