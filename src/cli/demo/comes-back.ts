import { actAfter } from '../../office/after.ts';
import { openItem } from '../../office/look.ts';
import { irsState } from '../../office/irs.ts';
import { answerRecall, recallFromIrs } from '../../office/onward.ts';
import { AUDIT, JORDAN, type Scene, takeIn } from './scene.ts';

/** Recall, and the end of use. */
export const comesBack = async (scene: Scene): Promise<void> => {
  const { nodes, tell, reference } = scene;
  const { irs, customs } = nodes;
  tell.step('The IRS finds that royalties were disclosed in error, and recalls them', '(j)');
  const recalled = await recallFromIrs(
    irs,
    { person: 'casey-moor' },
    {
      case: reference,
      items: ['royalties'],
      reason: 'The line was read from the wrong document.',
    },
  );
  tell.receipt(irs, recalled);
  await takeIn(scene, 'irs', 'customs', recalled, 'jordan-vale');
  await tell.refused('Jordan Vale would open the recalled item', () =>
    openItem(customs, JORDAN, {
      case: reference,
      item: 'royalties',
      because: 'To look once more.',
      audit: AUDIT,
    }),
  );
  tell.step(
    'Customs makes it undisclosable: its key is destroyed, and every proof still verifies',
    '6103(p)(4)(F)',
  );
  const ended = await actAfter(customs, JORDAN, {
    act: 'end use',
    case: reference,
    items: ['royalties'],
    way: 'made undisclosable',
    reason: 'Recalled.',
  });
  tell.receipt(customs, ended.receipt);
  for (const warning of ended.warnings) tell.note(`! ${warning}`);
  const [recall = ''] = (await irsState(irs, reference)).given.recalls.keys();
  const answered = await answerRecall(customs, JORDAN, {
    case: reference,
    recall,
    item: 'royalties',
    holder: 'Customs',
    how: 'made undisclosable',
  });
  await takeIn(scene, 'customs', 'irs', answered.receipt, 'casey-moor');
  tell.step('An incident drill: the clock of 24 hours starts when it is discovered', '6103(p)(4)');
  tell.receipt(
    customs,
    (
      await actAfter(customs, JORDAN, {
        act: 'report incident',
        case: reference,
        incident: 'drill-1',
        items: ['purchases'],
        agency: 'Customs, Trade Regulatory Audit (drill)',
        occurred: 'not known',
        discovered: new Date(customs.when().at * 1000).toISOString(),
        how: 'A drill.',
        what: 'A printout of one line was left in a meeting room (drill).',
        records: '1',
        address: 'the field office',
        technology: 'paper',
      })
    ).receipt,
  );
};
