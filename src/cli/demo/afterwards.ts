import { actAfter, holdingOf } from '../../office/after.ts';
import { refer } from '../../office/refer.ts';
import { comesBack } from './comes-back.ts';
import { AUDIT, JORDAN, type Scene, TONI, takeIn } from './scene.ts';

const inAudit = { matter: 'the audit', audit: AUDIT, aim: ['correctness'] };
const necessary = (reason: string) => [{ finds: 'use is necessary', answer: true, reason }];

/** (f): used in the audit, shown to the importer’s attorney; not in the next audit, and not to the sister company. */
const atCustoms = async ({ nodes: { customs }, tell, reference }: Scene): Promise<void> => {
  const ask = async (question: Readonly<Record<string, unknown>>) =>
    (await actAfter(customs, JORDAN, { act: 'may i', case: reference, ...question })).receipt;
  tell.step('Jordan Vale uses two items in the audit: workpaper and entries go on record', '(f)');
  tell.receipt(
    customs,
    await ask({
      proposal: { act: 'look or use', items: ['purchases', 'sister-purchases'], for: inAudit },
      findings: necessary('The workpapers compare these figures entry by entry.'),
      do: { workpaper: 'WP-12', entries: ['B76-0324527-8'] },
    }),
  );
  await tell.refused('Jordan Vale would use them in the next audit', () =>
    ask({
      proposal: {
        act: 'look or use',
        items: ['purchases'],
        for: { matter: 'another audit', audit: 'TRA-2026-31', aim: ['correctness'] },
      },
      findings: necessary('It saves a request.'),
      do: { workpaper: 'WP-1', entries: ['B76-0324527-8'] },
    }),
  );
  tell.step(
    'Dana Pell, attorney of the importer, is shown even the sister’s figure; the sister is not shown its own',
    '(f)',
  );
  const { day } = customs.when();
  await actAfter(customs, JORDAN, {
    act: 'file paper',
    case: reference,
    paper: 'appearance-pell',
    kind: 'appearance',
    of: 'Dana Pell',
    document: 'notice of appearance',
    from: day,
    importer: 'harbor-lamp',
    attorney: true,
  });
  tell.receipt(
    customs,
    await ask({
      proposal: {
        act: 'disclose',
        items: ['sister-purchases'],
        to: { is: 'importer’s representative', name: 'Dana Pell', importer: 'harbor-lamp' },
        for: inAudit,
        papers: ['appearance-pell'],
      },
      findings: necessary('The importer is to answer what the comparison shows.'),
      do: { shown: 'the line and its caption' },
    }),
  );
  await tell.refused('Jordan Vale would show the sister company its own figure', () =>
    ask({
      proposal: {
        act: 'disclose',
        items: ['sister-purchases'],
        to: { is: 'taxpayer', name: 'Lantern Works Holdings (fictional)' },
        for: inAudit,
      },
      findings: necessary('It is theirs.'),
      do: { shown: 'the line and its caption' },
    }),
  );
};

const inSuit = {
  matter: 'civil judicial',
  audit: AUDIT,
  aim: ['advocacy', 'recovery'],
  stage: 'preparation',
};

/** (g) and (h): to Justice, and there to an expert, when it cannot be done otherwise. */
const atJustice = async (scene: Scene): Promise<void> => {
  const { nodes, tell, reference } = scene;
  const { customs, justice } = nodes;
  const { day } = justice.when();
  tell.step(
    'Customs refers two items to Toni Brook of Justice, with their conditions and the chain so far',
    '(g)',
  );
  const referred = await refer(customs, JORDAN, {
    case: reference,
    proposal: {
      act: 'disclose',
      items: ['purchases', 'sister-purchases'],
      to: {
        is: 'Justice officer',
        name: 'Toni Brook',
        title: 'Trial Attorney',
        personally: true,
        directly: true,
      },
      for: inSuit,
    },
    findings: necessary('The suit is being prepared on these figures.'),
    do: {},
  });
  tell.receipt(customs, referred.receipt);
  tell.step('Max Ferris puts her on the list of those personally and directly engaged; she receives', '(g)');
  await actAfter(
    justice,
    { person: 'max-ferris' },
    {
      act: 'engage',
      case: reference,
      person: 'toni-brook',
      from: day,
      document: `engagement list of ${AUDIT}`,
    },
  );
  await takeIn(scene, 'customs', 'justice', referred.receipt, 'toni-brook');
  const toExpert = (papers: readonly string[]) =>
    actAfter(justice, TONI, {
      act: 'may i',
      case: reference,
      proposal: {
        act: 'disclose',
        items: ['purchases'],
        to: { is: 'expert', name: 'Marin Oake' },
        for: inSuit,
        papers,
      },
      findings: necessary('Transfer pricing cannot be argued without an economist.'),
      do: { shown: 'the line and its caption' },
    });
  await tell.refused('Toni Brook would show an item to the expert Marin Oake, with no paper on file', () =>
    toExpert([]),
  );
  tell.step(
    'With engagement letter, safeguards and a last-resort memorandum on file, she may',
    '(h), 6103(p)(9)',
  );
  const papers = [
    { paper: 'engagement-oake', kind: 'engagement letter', document: 'engagement letter and undertaking' },
    { paper: 'undertaking-oake', kind: 'undertaking', document: 'undertaking of confidentiality' },
    { paper: 'safeguards-oake', kind: 'safeguards certification', document: 'certificate under 6103(p)(9)' },
    {
      paper: 'memo-oake',
      kind: 'last-resort memorandum',
      document: 'why it cannot otherwise be accomplished',
      attorney: true,
      signed: { name: 'Max Ferris', title: 'Assistant Director', office: 'Justice' },
    },
  ];
  for (const paper of papers)
    await actAfter(justice, TONI, {
      act: 'file paper',
      case: reference,
      of: 'Marin Oake',
      from: day,
      ...paper,
    });
  tell.receipt(justice, (await toExpert(papers.map(({ paper }) => paper))).receipt);
  await tell.refused('An agent asks for an item in a criminal matter', () =>
    actAfter(justice, TONI, {
      act: 'may i',
      case: reference,
      proposal: {
        act: 'look or use',
        items: ['sister-purchases'],
        for: { matter: 'criminal', audit: AUDIT, aim: ['other'] },
        criminal: { toComply: false, userAgency: 'Department of Justice', filedByTaxpayer: true },
      },
      findings: [],
      do: {},
    }),
  );
  const { door = '' } = (await holdingOf(justice, reference)).items.get('sister-purchases')?.locked ?? {};
  tell.note(`It is locked from now on. ${door}`);
  tell.step('The one use allowed before: Toni Brook uses it to apply for the order under 6103(i)(1)', '(i)');
  const complying = await actAfter(justice, TONI, {
    act: 'may i',
    case: reference,
    proposal: {
      act: 'look or use',
      items: ['sister-purchases'],
      for: { matter: 'criminal', audit: AUDIT, aim: ['other'] },
      criminal: { toComply: true },
    },
    findings: necessary('The affidavit for the order rests on it.'),
    do: {},
  });
  tell.receipt(justice, complying.receipt);
};

/** From the release to the end: (f) to (j), and the acts around them. */
export const afterwards = async (scene: Scene): Promise<void> => {
  await atCustoms(scene);
  await atJustice(scene);
  await comesBack(scene);
};
