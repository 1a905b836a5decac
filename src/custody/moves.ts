/** An entry number whose leaf hash is not the signed one: what is there, and what was signed. `undefined`: nothing is. */
export interface Mismatch {
  readonly at: number;
  readonly got: string | undefined;
  readonly want: string | undefined;
}

/**
 * What was done to the entries, from the places where their leaf hashes are wrong: altered, taken out, put in, moved.
 * `cut`: there are more mismatches than are given, so that what seems new at their end may only have moved from further on.
 */
export const explainMoves = (
  mismatches: readonly Mismatch[],
  cut: boolean,
): { at: number; what: string }[] => {
  const belongs = new Map(mismatches.map(({ at, want }) => [want, at]));
  const stands = new Map(mismatches.map(({ at, got }) => [got, at]));
  const said: { at: number; what: string }[] = [];
  const sure = cut ? mismatches.slice(0, Math.floor(mismatches.length / 2)) : mismatches;

  for (const { at, got, want } of sure) {
    const lost = want !== undefined && !stands.has(want);
    const strange = got !== undefined && !belongs.has(got);
    if (lost && strange)
      said.push({ at, what: 'The entry was altered: it does not have the leaf hash that was signed.' });
    else if (lost) said.push({ at, what: 'The entry is missing: it was taken out.' });
    else if (strange) said.push({ at, what: 'The entry is not one that was signed: it was put in.' });
  }
  return [...said, ...movedRuns(sure, belongs)].sort((a, b) => a.at - b.at);
};

/** Runs of entries that all stand as far from where they belong, each said once. */
const movedRuns = (
  mismatches: readonly Mismatch[],
  belongs: ReadonlyMap<string | undefined, number>,
): { at: number; what: string }[] => {
  const runs: { from: number; to: number; by: number }[] = [];
  for (const { at, got } of mismatches) {
    const home = got === undefined ? undefined : belongs.get(got);
    if (home === undefined) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to === at - 1 && last.by === home - at) last.to = at;
    else runs.push({ from: at, to: at, by: home - at });
  }
  return runs.map(({ from, to, by }) => ({
    at: from,
    what:
      from === to
        ? `The entry is the one that was signed as number ${from + by}: entries were swapped or renumbered.`
        : `Entries ${from} to ${to} are those that were signed as ${from + by} to ${to + by}: they were renumbered.`,
  }));
};
