import { accountName } from '../acts/events.ts';
import type { Holding } from './holding.ts';

/** Whose account an event about the item belongs to. */
export const taxpayerField = ({ matter }: Holding, item: string): { readonly taxpayer?: string } => {
  const asked = matter?.items.find(({ id }) => id === item);
  const found = matter?.taxpayers.find(({ id }) => id === asked?.taxpayer);
  return found === undefined ? {} : { taxpayer: accountName(found) };
};
