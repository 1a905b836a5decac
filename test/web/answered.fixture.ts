import type { TestContext } from 'node:test';
import { review } from '../../src/office/irs.ts';
import { openItem } from '../../src/office/look.ts';
import { release } from '../../src/office/release.ts';
import { brought, cleared, reference, requested, returns } from '../node/three.fixture.ts';
import { openSites } from './site.fixture.ts';

/** Sites of three offices with a case that was asked for, answered, and looked at once. */
export const answered = async (t: TestContext) => {
  const sites = await openSites(t);
  const { nodes } = sites;
  await brought(nodes, 'customs', 'irs', await requested(nodes), 'casey-moor');
  const items = ['purchases', 'cost-of-goods-sold'];
  await cleared(nodes, items);
  for (const item of ['related-purchases', 'royalties', 'sister-purchases', 'sister-sales'])
    await review(
      nodes.irs,
      { person: 'alex-firth' },
      { act: 'elect', case: reference, items: [item], reason: 'Not disclosed.' },
    );
  await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
  await brought(
    nodes,
    'irs',
    'customs',
    await release(nodes.irs, { person: 'casey-moor' }, reference, returns),
    'jordan-vale',
  );
  await openItem(
    nodes.customs,
    { person: 'jordan-vale' },
    { case: reference, because: 'To compare it with the entries.', audit: 'TRA-2026-17', item: 'purchases' },
  );
  return sites;
};
