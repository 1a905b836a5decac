import type { Office } from '../../src/custody/entry.ts';
import { draftRequest } from '../../src/office/customs.ts';
import { actAfter } from '../../src/office/after.ts';
import { appearance, atJustice, caseEvents, disclosed, looks, shown } from '../node/after.fixture.ts';
import { type Three, brought, exampleDocument, reference, requested } from '../node/three.fixture.ts';

/** A second case, in review at the IRS; and a third, a draft that its author has only begun. */
export const inReview = 'CBP-2026-0148';
export const begun = 'CBP-2026-0149';

/** Takes three offices through a case, so that every page has something to show: disclosed, opened, shown on, referred. */
export const goThrough = async (nodes: Three): Promise<void> => {
  await disclosed(nodes);
  await appearance(nodes);
  await looks(nodes.customs, 'purchases');
  await shown(nodes, 'purchases');
  await atJustice(nodes, ['purchases', 'royalties']);
  await actAfter(
    nodes.customs,
    { person: 'jordan-vale' },
    {
      act: 'report incident',
      case: reference,
      discovered: nodes.customs.when().at,
      items: ['purchases'],
      what: 'A page was left on a printer.',
    },
  ).catch(() => undefined);
  const second = exampleDocument();
  const draft = { ...second, request: { ...second.request, reference: inReview } };
  await brought(nodes, 'customs', 'irs', await requested(nodes, draft, inReview), 'casey-moor');
  await draftRequest(nodes.customs, { person: 'jordan-vale' }, begun, {
    ...exampleDocument(['purchases']),
    request: { reference: begun, titles: [] },
  });
};

/** Every address that a route’s pattern has in that standing, for the pages of an office. */
export const addressesOf = async (nodes: Three, office: Office) => {
  const asked = (await caseEvents(nodes[office])).filter(({ kind }) => kind === 'may-i-answered');
  const cases = { irs: [reference, inReview], customs: [reference, begun], justice: [reference] }[office];
  const values: Readonly<Record<string, readonly string[]>> = {
    case: cases,
    item: ['purchases', 'no-such-item'],
    act: asked.length === 0 ? ['none'] : asked.slice(0, 2).map(({ act }) => act),
    paper: ['appearance-pell'],
    number: ['1'],
    person: ['jordan-vale', 'alex-firth', 'toni-brook'],
    p1: ['b', 'h'],
    p2: ['3'],
    p3: ['9'],
    incident: ['1'],
    packet: ['none'],
    id: ['none'],
  };
  return (pattern: string): string[] =>
    pattern
      .split('/')
      .reduce<string[]>(
        (paths, part) =>
          paths.flatMap((path) =>
            (part.startsWith(':') ? (values[part.slice(1)] ?? ['none']) : [part]).map(
              (one) => `${path}/${one}`,
            ),
          ),
        [''],
      )
      .map((path) => path.replace(/^\/\//, '/') || '/');
};
