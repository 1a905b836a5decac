import { all, any, is, not, oneOf } from '../formula.ts';
import { type Cite, requires } from '../rule.ts';

export const held = requires('(f)', 'held', is('heldByCustoms'), {
  law: 'Return information disclosed under this section may be used',
  cure: 'Receive the item under this section first; what was never disclosed cannot be used or passed on.',
});

export const officer = requires('(f)', 'Customs', is('actorCustomsOfficer'), {
  law: 'by the U.S. Customs Service',
  cure: 'Have an officer or employee of Customs act.',
});

export const designated = requires('(b)(4)', 'title in force', is('actorDesignated'), {
  law: 'the officers and employees of the Customs Service to whom the disclosure is authorized',
  reading: ['R15', 'The titles designated bind every access inside Customs, on the day of the access.'],
  cure: 'Have someone act who holds a designated title today, or send a request that designates the title.',
});

/** Handing it to a colleague is an access too; “nobody else” is a use by the actor alone. */
const colleague = requires(
  '(b)(4)',
  'colleague’s title',
  any(oneOf('recipient', 'nobody else'), is('recipientDesignated')),
  {
    law: 'the officers and employees of the Customs Service to whom the disclosure is authorized',
    reading: ['R15', 'The titles designated bind every access inside Customs, on the day of the access.'],
    cure: 'Hand it to no colleague whose title the request does not designate.',
  },
);

export const matter = requires(
  '(f)',
  'matter',
  any(
    all(oneOf('matter', 'the audit'), is('section509Audit'), is('forCorrectness')),
    all(
      oneOf('matter', 'administrative recovery'),
      is('section509Audit'),
      is('forRecovery'),
      is('dueAndOwing'),
    ),
  ),
  {
    law: 'to ascertain or to document the correctness of any entry in audits as provided for in section 509 of the Tariff Act of 1930 and in any related administrative proceedings to recover any loss of revenue, or to collect duties, taxes or fees, determined to be due and owing pursuant to these audits',
    reading: ['R16', 'A proceeding for a penalty only recovers no revenue and collects no duty, tax or fee.'],
    cure: 'Use the item in the audit, or in the administrative proceeding that recovers or collects what the audit found due.',
  },
);

export const necessary = requires('(f)', 'necessary', is('useNecessary'), {
  law: 'to the extent necessary',
  cure: 'The officer responsible finds, and signs, that the use is necessary and why.',
});

export const importer = requires(
  '(f)',
  'importer',
  all(oneOf('recipient', 'importer', 'importer’s representative'), is('importerOfAudit')),
  {
    law: 'disclosure to the importer (or the legal representative of such importer) subject to the audit with respect to which the information was requested',
    reading: ['R22', 'Not even the taxpayer whom the information is about, unless that is the importer.'],
    cure: 'Disclose to no one but the importer subject to the audit, or its legal representative. Another person may be told by Justice only, under (h).',
  },
);

/** The representative of the importer: the same words stand in (f) and (h), and are read the same. */
export const representative = (cite: Cite, law: string) =>
  requires(
    cite,
    'representative',
    any(
      not(oneOf('recipient', 'importer’s representative')),
      all(is('capacityProved'), any(is('representativeIsAttorney'), is('counselAcceptsRepresentative'))),
    ),
    {
      law,
      reading: [
        'R11',
        'Written authority on file, in force that day; for one who is not an attorney, counsel’s finding as well.',
      ],
      cure: 'Put the representative’s written authority on file; for a broker, ask counsel too.',
    },
  );

const common = [held, officer, designated, matter, necessary];

export const useRules = [...common, colleague];
export const disclosureRules = [
  ...common,
  importer,
  representative('(f)', 'the legal representative of such importer'),
];
