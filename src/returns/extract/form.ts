/** `1125A` → `1125-A`, `K1` → `K-1`, `W2` → `W-2`: IRS prints a hyphen where digits and letters meet. */
const hyphened = (name: string): string =>
  name.replace(/(\d)(?=[A-Z])|([A-Z])(?=\d)/g, (letter) => `${letter}-`);

/**
 * The printed name of the form that a MeF document stands for: `IRS5472` → `5472`, `IRS1125A` → `1125-A`,
 * `IRS5471ScheduleM` → `5471 Schedule M`, `IRS1120ScheduleM3` → `1120 Schedule M-3`. A document that is no IRS form (a
 * statement attached to a line, such as `OtherIncomeStatement`) keeps its own name.
 */
export const formOf = (document: string): string => {
  const parts = /^IRS(?:Form)?([A-Z]?\d*[A-Z]{0,4})(?:Schedule([A-Z]+\d*))?$/.exec(document);
  if (parts === null) return document;
  const [, form = '', schedule] = parts;
  return schedule === undefined ? hyphened(form) : `${hyphened(form)} Schedule ${hyphened(schedule)}`;
};
