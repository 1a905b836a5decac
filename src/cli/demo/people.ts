import type { Office } from '../../custody/entry.ts';

/** A fictional person of the demo, and the title given. */
export interface Cast {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly duties: readonly string[];
  readonly capacity?: string;
}

/** Who keeps each office's directory. All people of the demo are fictional. */
export const keepers: Readonly<
  Record<Office, { readonly id: string; readonly name: string; readonly title: string }>
> = {
  customs: { id: 'nell-quay', name: 'Nell Quay', title: 'Directory Officer' },
  irs: { id: 'ira-fenn', name: 'Ira Fenn', title: 'Directory Officer' },
  justice: { id: 'jo-marsh', name: 'Jo Marsh', title: 'Directory Officer' },
};

export const cast: Readonly<Record<Office, readonly Cast[]>> = {
  customs: [
    {
      id: 'robin-alder',
      name: 'Robin Alder',
      title: 'Acting Commissioner',
      duties: ['signs as Commissioner'],
      capacity: 'acting Commissioner',
    },
    {
      id: 'jordan-vale',
      name: 'Jordan Vale',
      title: 'Supervisory Auditor, Trade Regulatory Audit',
      duties: ['drafts requests', 'sends', 'receives'],
    },
    { id: 'val-oakes', name: 'Val Oakes', title: 'Record Inspector', duties: ['inspects'] },
  ],
  irs: [
    {
      id: 'casey-moor',
      name: 'Casey Moor',
      title: 'Disclosure Manager',
      duties: ['receives requests', 'sends'],
    },
    { id: 'alex-firth', name: 'Alex Firth', title: 'Disclosure Specialist', duties: ['reviews'] },
    { id: 'sam-torr', name: 'Sam Torr', title: 'Treaty Analyst', duties: ['finds (d)'] },
    { id: 'lee-carr', name: 'Lee Carr', title: 'Special Agent in Charge', duties: ['finds (e)'] },
    {
      id: 'drew-haven',
      name: 'Drew Haven',
      title: 'Director, Disclosure and Safeguards',
      duties: ['approves', 'sends'],
    },
    { id: 'noel-tarn', name: 'Noel Tarn', title: 'Safeguards Reviewer', duties: ['inspects'] },
  ],
  justice: [
    { id: 'max-ferris', name: 'Max Ferris', title: 'Assistant Director', duties: ['counsel', 'receives'] },
    {
      id: 'toni-brook',
      name: 'Toni Brook',
      title: 'Trial Attorney',
      duties: ['sends', 'receives', 'counsel'],
    },
    { id: 'bea-lorne', name: 'Bea Lorne', title: 'Record Inspector', duties: ['inspects'] },
  ],
};
