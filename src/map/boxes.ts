import type { Chain, Drawing, Holding } from './chain.ts';
import type { Box, Cable } from './cables.ts';
import { INDENT, type Line, SIZE, loopLines } from './label.ts';
import { wrap } from './measure.ts';
import { groupBy } from './read.ts';
import type { Icon } from './svg.ts';
import { type Numbers, itemsWords } from './words.ts';

const MOST_NAMES = 3;

const namesLine = ({ holders }: Box, numbers: Numbers, { redacted = false }: Drawing): string => {
  if (redacted) return holders.length === 1 ? (numbers.get(holders[0]?.id ?? '') ?? '').trim() : '';
  const names = [...new Set(holders.flatMap((one) => one.names))];
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** How a holding stands, in words; holdings that stand alike are one line. */
export const standing = ({
  end,
  recalled,
  locked,
}: Omit<Holding, 'holder' | 'item' | 'from' | 'by'>): string => {
  const parts = [
    ...(locked ? ['locked'] : []),
    ...(recalled === undefined ? [] : [`recalled ${recalled}`]),
    ...(end === undefined ? [] : [`${end.how} ${end.on}`]),
  ];
  return parts.length === 0 ? 'holds' : parts.join(', ');
};

/** An item that went back or is gone; one kept under safeguards, or that cannot be got back, is still held. */
const isGone = ({ end }: Pick<Holding, 'end'>): boolean =>
  end !== undefined && end.how !== 'safeguards continue' && end.how !== 'cannot be got back';

const iconOf = (holding: Holding): Icon => {
  if (isGone(holding)) return 'end';
  if (holding.locked) return 'lock';
  return holding.recalled === undefined ? 'hold' : 'recall';
};

const holdingLines = (held: readonly Holding[], width: number): readonly Line[] =>
  [
    ...groupBy(
      held.toSorted((a, b) => Number(isGone(a)) - Number(isGone(b))),
      standing,
    ),
  ].flatMap(([words, alike]) => {
    const items = [...new Set(alike.map(({ item }) => item))];
    const named = `${words}: ${items.join(', ')}`;
    const text = items.length > 6 ? `${words}: ${itemsWords(items)}` : named;
    const icon = alike[0] === undefined ? 'hold' : iconOf(alike[0]);
    return wrap(text, SIZE, width - INDENT, 4).map((one, at) =>
      at === 0 ? { text: one, icon } : { text: one, inset: true },
    );
  });

/** All that stands in a box, as lines no wider than `width`. */
export const boxLines = (
  box: Box,
  chain: Chain,
  loops: readonly Cable[],
  numbers: Numbers,
  drawing: Drawing,
  width: number,
): readonly Line[] => {
  const ids = new Set(box.holders.map(({ id }) => id));
  const names = namesLine(box, numbers, drawing);
  return [
    ...wrap(box.role, SIZE + 1, width, 3, true).map((text) => ({ text, bold: true })),
    ...(names === '' ? [] : wrap(names, SIZE, width, 2).map((text) => ({ text }))),
    ...holdingLines(
      chain.holdings.filter(({ holder }) => ids.has(holder)),
      width,
    ),
    ...loops.flatMap((cable) => loopLines(cable, width)),
  ];
};
