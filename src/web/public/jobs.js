// Long work, followed in place. The page says the same without this, and asks again by itself.

for (const place of document.querySelectorAll('[data-job]')) {
  const words = document.getElementById('job-words');
  const bar = document.getElementById('job-bar');
  const said = document.getElementById('job-said');
  let quarter = 0;
  const source = new EventSource(place.dataset.job);
  source.addEventListener('state', ({ data }) => {
    const { state, done, total, words: now } = JSON.parse(data);
    if (state !== 'running') {
      source.close();
      // The page of the work itself would begin the idle time of the session anew, with nobody there.
      return location.replace(place.dataset.over);
    }
    words.textContent = now;
    if (total === 0) return;
    bar.max = total;
    bar.value = done;
    // Read out four times at most: a voice that counts along lets nobody hear anything else.
    const reached = Math.floor((4 * done) / total);
    if (reached > quarter) said.textContent = now;
    quarter = Math.max(quarter, reached);
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED)
      words.textContent = said.textContent = 'This page no longer follows the work. Open it again.';
  });
}
