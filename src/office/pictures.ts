import type { Drawing } from '../map/chain.ts';
import { type Pictures, picturesOf } from '../map/pictures.ts';
import { caseFile } from './case-file.ts';
import { chainOf } from './custody.ts';
import type { Node } from './node.ts';

/** A case’s custody as this office has recorded it: its own log, and what came with its packets. Problem `case-unknown`. */
export const casePictures = async (node: Node, reference: string, drawing: Drawing): Promise<Pictures> => {
  await caseFile(node, reference);
  const events = { [node.office]: await chainOf(node, reference) };
  const people = { [node.office]: await node.views.stream(node.log, 'people') };
  return picturesOf(events, people, drawing);
};
