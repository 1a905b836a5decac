/**
 * One spelling for all the ways people write a form: `Form 5472`, `IRS5472` and `5472` are `5472`; `1120 Sch. M-3`,
 * `Schedule M-3 (Form 1120)` and `IRS1120ScheduleM3` are `1120/M3`; `1120-F Section II` is `1120F/SECTIONII`. A schedule
 * alone is `/C`, which is no form: the 1040 and the 1120 both have a Schedule C.
 */
export const formKey = (name: string): string => {
  const text = name.toUpperCase();
  const schedule = /SCH(?:EDULE|ED)?\.?\s*([A-Z]{0,3}-?\d*)(?![A-Z0-9])/.exec(text);
  const section = /SECTION\s*[IVX]+/.exec(text);
  const part = schedule?.[1] ? schedule : section;
  const [form = ''] = (part === null ? text : text.replace(part[0], ' ')).split(/\sOR\s/);
  const compact = (piece: string) => piece.replace(/[^A-Z0-9]/g, '');
  const key = compact(form.replace(/\b(?:IRS|FORMS?)\s*(?=\S)|IRS(?=\d)/g, ' '));
  return part === null ? key : `${key}/${compact(part[1] ?? part[0])}`;
};

/** The form that a schedule or section belongs to: `1120/K` → `1120`. */
export const parentKey = (key: string): string => key.replace(/\/.*$/, '');

const bareLine = (line: string): string =>
  line
    .toLowerCase()
    .replace(/\b(?:lines?|box|item|column|col\.)/g, '')
    .replace(/[\s,.]/g, '');

const withoutColumn = (line: string): string => line.replace(/\([^)]*\)$/, '');

/**
 * Whether a line as somebody writes it can mean a line as it is printed. `23`, `line 23` and `Part IV, 23` mean `Part IV,
 * 23`; `7` means every column of line 7, so `7(a)` and `7(b)`; `7(a)` means that column alone.
 */
export const lineMeans = (asked: string, printed: string): boolean => {
  const whole = bareLine(printed);
  const withoutPart = whole.replace(/^(?:part|section|schedule)(?:[ivx]+|[ab])(?=.)/, '');
  const spellings = [whole, withoutPart, withoutColumn(whole), withoutColumn(withoutPart)];
  return spellings.includes(bareLine(asked));
};
