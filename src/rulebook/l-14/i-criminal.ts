import { all, any, is, not, oneOf } from '../formula.ts';
import { bars, requires } from '../rule.ts';

const complying = is('complyingUse');

const held = requires('(i)', 'held', is('heldByActor'), {
  law: 'Return information disclosed pursuant to this section',
  cure: 'There is nothing to use: the item was never disclosed under this section.',
});

const door = requires(
  '(i)',
  'door',
  any(complying, all(oneOf('criminalDoor', '(i)(1) order', '(i)(2) request'), is('doorSatisfied'))),
  {
    law: 'without compliance with the requirements of section 6103(i) (1) or (2)',
    cure: 'Until an order under 6103(i)(1) or a request under 6103(i)(2) has been met, the item stays locked; it may be used only to comply with 6103(i).',
  },
);

const appropriate = requires(
  '(i)',
  'as appropriate',
  any(
    complying,
    oneOf('criminalDoor', '(i)(1) order', 'none'),
    not(is('taxpayerReturnInformation')),
    is('taxpayerIdentityOnly'),
  ),
  {
    law: 'as appropriate',
    reading: [
      'R27',
      '6103(i)(2) reaches only what the taxpayer did not file or furnish, and the taxpayer’s identity.',
    ],
    cure: 'For what the taxpayer filed or furnished, go through an order under 6103(i)(1).',
  },
);

const within = requires('(i)', 'agency', any(complying, is('userWithinDoor')), {
  law: 'with the requirements of section 6103(i) (1) or (2) as appropriate',
  reading: [
    'R28',
    'An (i)(1) order opens to the agencies it names; an (i)(2) request only to the agency whose head asked.',
  ],
  cure: 'Have the order name the agency, or have that agency’s own head ask.',
});

const builder = requires(
  '(i)',
  'complying',
  any(not(complying), all(not(is('handedOn')), is('actorMayHold'))),
  {
    law: 'the return information may in any event be used for purposes of complying with the requirements of section 6103(i)',
    reading: [
      'R29',
      'It may ground the application; it is not handed to the agents first. Those who hold it make the application.',
    ],
    cure: 'Have the application made by someone who already holds the item lawfully.',
  },
);

const impairment = bars('(i)', '6103(i)(6)', all(not(complying), is('i6Determined')), {
  law: 'the requirements of section 6103(i)',
  reading: [
    'R28',
    'Both doors are subject to 6103(i)(6): no informant identified, no tax investigation seriously impaired.',
  ],
  cure: 'The Secretary’s delegate answers, and signs, whether 6103(i)(6) stands in the way.',
});

export const rules = [held, door, appropriate, within, builder, impairment];

/** In every other hop: a criminal matter is answered by (i) and by nothing else. */
export const criminalBar = bars('(i)', 'criminal', oneOf('matter', 'criminal'), {
  law: 'may not be used in any criminal judicial proceeding, or any preparations therefor (or in a criminal investigation which may result in such a proceeding), involving the enforcement of a criminal statute',
  cure: 'Ask the question of paragraph (i): the lawful doors are 6103(i)(1) and (2).',
});
