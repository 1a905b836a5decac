import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../ground/canonical.ts';
import { encodeEvent, eventJson, openPart } from './ledger-event.ts';
import { actOf, eventOf, newId } from './ledger.fixture.ts';
import type { Json } from './types.ts';

/* The document by the library that writes RFC 8785, from the object whole. */
const slowJson = (...[act, event, version]: Parameters<typeof eventJson>): string => {
  const { id, asked, log, office, person, title, time } = act;
  const first = event === act.events[0] ? { asked } : {};
  return canonicalJson({ ...event, ...first, act: id, log, office, person, title, time, version });
};

const names = fc.oneof(
  fc.string(),
  fc.constantFrom('9', '10', 'a', '', '__proto__', 'é', '\u{1f600}', '\ufb33'),
);
const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, -0, 1e21, 0.1, '\u2028"\\'),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(names, tie('json'), { maxKeys: 5 }),
  ),
})).json;
const text = fc.string({ unit: 'grapheme' });

test('the fast canonical JSON of an event is that of the library', () => {
  fc.assert(
    fc.property(json, text, fc.option(text, { nil: undefined }), fc.nat(), (data, kind, item, version) => {
      const event = eventOf('case/1', {
        data,
        kind,
        ...(item === undefined ? {} : { item, taxpayer: item }),
      });
      const act = actOf({ 'case/1': 0 }, [event, { ...event }]);
      for (const one of act.events) assert.equal(eventJson(act, one, version), slowJson(act, one, version));
    }),
    { numRuns: 500 },
  );
});

test('it refuses what has no canonical JSON', () => {
  for (const data of [NaN, Infinity, '\ud800', { '\udc00': 1 }, [['\ud800']]])
    assert.throws(() => eventJson(actOf({ a: 0 }, [eventOf('a')]), { ...eventOf('a'), data }, 1));
});

test('the first event commits to what is stored with it', () => {
  const [one, two] = [newId(), newId()];
  const content = (id: string, text: string) => ({ id, scope: 'item/1', bytes: Buffer.from(text) });
  const act = actOf({ a: 0 }, [eventOf('a')], { contents: [content(two, 'x'), content(one, 'y')] });
  const document = JSON.parse(eventJson(act, act.events[0], 1)) as { contents: Record<string, string> };
  assert.deepEqual(Object.keys(document.contents), [one, two]);
  assert.match(document.contents[one] ?? '', /^[0-9a-f]{64}$/);
});

test('parts that lie together are told apart', () => {
  const act = actOf({ a: 0 }, [eventOf('a'), eventOf('a', { data: 'longer'.repeat(99) }), eventOf('a')]);
  const parts = act.events.map((event, n) => encodeEvent(act, event, n + 1, '').part);
  for (const nth of [0, 1, 2]) assert.equal(openPart(Buffer.concat(parts), nth)?.event.version, nth + 1);
  assert.equal(openPart(Buffer.concat(parts), 3), undefined);
});
