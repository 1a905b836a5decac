const PATIENCE = 300; // milliseconds before anything is said
const PACE = { terminal: 100, pipe: 2000 };

/** Progress on standard error: one line that rewrites itself on a terminal, plain lines when piped, silence when quick. */
export const progress = (what: string, total?: number) => {
  const started = performance.now();
  const terminal = process.stderr.isTTY;
  let last = started + PATIENCE - (terminal ? PACE.terminal : PACE.pipe);
  let shown = false;
  const line = (done: number, seconds: number) => {
    const rate = done / seconds;
    const share = total === undefined ? '' : ` of ${total.toLocaleString('en-US')}`;
    const left = total === undefined || rate === 0 ? '' : `, ${Math.ceil((total - done) / rate)} s left`;
    return `${what}: ${Math.round(done).toLocaleString('en-US')}${share}, ${Math.round(rate).toLocaleString('en-US')}/s${left}`;
  };
  return {
    at: (done: number) => {
      const now = performance.now();
      if (now - last < (terminal ? PACE.terminal : PACE.pipe)) return;
      last = now;
      shown = true;
      process.stderr.write(
        terminal
          ? `\r${line(done, (now - started) / 1000)}\u001b[K`
          : `${line(done, (now - started) / 1000)}\n`,
      );
    },
    end: () => {
      if (shown && terminal) process.stderr.write('\r\u001b[K');
    },
  };
};
