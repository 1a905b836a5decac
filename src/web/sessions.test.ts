import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSealed, sealForm } from './csrf.ts';
import { type Values, cookieName, cookieOptions, openSessions } from './sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const withClock = (most?: number) => {
  let at = 1_750_000_000_000;
  const sessions = openSessions({ now: () => at, ...(most === undefined ? {} : { most }) });
  return { sessions, now: () => at, pass: (ms: number) => void (at += ms) };
};

const pending = { state: 'state', nonce: 'nonce', verifier: 'verifier', to: '/' };

describe('a session', () => {
  it('has an id of 256 bits, another one each time', () => {
    const { sessions } = withClock();
    const ids = Array.from({ length: 1000 }, () => sessions.begin().id);
    assert.equal(new Set(ids).size, 1000);
    for (const id of ids) assert.equal(Buffer.from(id, 'base64url').length, 32);
  });

  it('is over after 15 minutes in which nothing was asked for, and not before', () => {
    const { sessions, pass } = withClock();
    const { id } = sessions.begin({ person: 'ann' });
    pass(15 * MINUTE - 1);
    assert.equal(sessions.read(id)?.person, 'ann');
    pass(15 * MINUTE - 1);
    assert.equal(sessions.read(id)?.person, 'ann', 'reading begins the idle time anew');
    pass(15 * MINUTE);
    assert.equal(sessions.read(id), undefined);
    assert.equal(sessions.rotate(id), undefined, 'what is over cannot be renewed');
  });

  it('is over eight hours after the sign-in, however busy', () => {
    const { sessions, pass } = withClock();
    const { id } = sessions.begin({ person: 'ann' });
    for (let minutes = 10; minutes < 480; minutes += 10) {
      pass(10 * MINUTE);
      assert.ok(sessions.read(id), `after ${minutes} minutes`);
    }
    pass(10 * MINUTE);
    assert.equal(sessions.read(id), undefined);
    assert.equal(sessions.size(), 0);
  });

  it('does not live longer by changing its title', () => {
    const { sessions, pass } = withClock();
    let { id } = sessions.begin({ person: 'ann' });
    for (let minutes = 10; minutes < 480; minutes += 10) {
      pass(10 * MINUTE);
      id = sessions.rotate(id, { person: 'ann', title: `title ${minutes}` })?.id ?? assert.fail();
    }
    pass(10 * MINUTE);
    assert.equal(sessions.rotate(id), undefined);
  });

  it('begins its whole time at the sign-in, and says when that was', () => {
    const { sessions, pass, now } = withClock();
    const stranger = sessions.begin({ login: pending });
    assert.equal(stranger.session.signedInAt, undefined);
    pass(10 * MINUTE);
    const known = sessions.rotate(stranger.id, { person: 'ann' });
    assert.equal(known?.session.signedInAt, now());
    assert.equal(known.session.login, undefined, 'a sign-in is used once');
  });

  it('has another id after each step, and the old one is dead at once', () => {
    const { sessions } = withClock();
    const planted = sessions.begin();
    const waiting = sessions.rotate(planted.id, { login: pending }) ?? assert.fail();
    const signedIn = sessions.rotate(waiting.id, { person: 'ann' }) ?? assert.fail();
    const titled = sessions.rotate(signedIn.id, { person: 'ann', title: 'Auditor' }) ?? assert.fail();
    for (const { id } of [planted, waiting, signedIn]) {
      assert.equal(sessions.read(id), undefined);
      assert.equal(sessions.rotate(id), undefined);
    }
    assert.equal(sessions.read(titled.id)?.title, 'Auditor');
    assert.equal(sessions.size(), 1);
  });

  it('keeps what it held when it is rotated without other values', () => {
    const { sessions } = withClock();
    const { id, session } = sessions.begin({ person: 'ann', title: 'Auditor' });
    const next = sessions.rotate(id)?.session ?? assert.fail();
    assert.deepEqual({ ...next, csrf: '' }, { ...session, csrf: '' });
    assert.notEqual(next.csrf, session.csrf);
  });

  it('is gone when it is ended', () => {
    const { sessions } = withClock();
    const { id } = sessions.begin({ person: 'ann' });
    sessions.end(id);
    assert.equal(sessions.read(id), undefined);
    assert.equal(sessions.size(), 0);
  });

  it('is not found by anything that is no id', () => {
    const { sessions } = withClock();
    sessions.begin({ person: 'ann' });
    fc.assert(fc.property(fc.string(), (id) => sessions.read(id) === undefined));
    for (const id of ['', '__proto__', 'constructor', 'x'.repeat(1_000_000), '\0'.repeat(43)])
      assert.equal(sessions.read(id), undefined);
  });
});

describe('many sessions', () => {
  it('stay within their bound, and leave who is signed in alone', () => {
    const { sessions } = withClock(100);
    const worker = sessions.begin({ person: 'ann' });
    const first = sessions.begin({ login: pending });
    for (let n = 0; n < 20_000; n += 1) sessions.begin({ login: pending });
    assert.ok(sessions.size() > 90 && sessions.size() <= 101, `${sessions.size()} sessions`);
    assert.equal(sessions.read(first.id), undefined, 'the one that waited longest made room');
    assert.equal(sessions.read(worker.id)?.person, 'ann');
  });

  it('that are over do not stay in memory, whoever comes next', () => {
    const { sessions, pass } = withClock();
    for (let n = 0; n < 1000; n += 1) sessions.begin(n % 2 === 0 ? { person: `p${n}` } : {});
    pass(16 * MINUTE);
    sessions.begin();
    assert.equal(sessions.size(), 1);
  });

  it('of people signed in make room too: whose idle time is longest goes first', () => {
    const { sessions, pass } = withClock(2);
    const [one, two] = [sessions.begin({ person: 'one' }), sessions.begin({ person: 'two' })];
    pass(1);
    sessions.read(one.id);
    const three = sessions.begin({ person: 'three' });
    assert.deepEqual(
      [one, two, three].map(({ id }) => sessions.read(id)?.person),
      ['one', undefined, 'three'],
    );
  });

  it('do as a plain list of them would', () => {
    interface Plain {
      readonly id: string;
      readonly person: string | undefined;
      readonly began: number;
      readonly used: number;
    }
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('begin'),
        person: fc.option(fc.constantFrom('ann', 'bea'), { nil: undefined }),
      }),
      fc.record({ kind: fc.constantFrom('read', 'end'), which: fc.nat(7) }),
      fc.record({
        kind: fc.constant('rotate'),
        which: fc.nat(7),
        person: fc.option(fc.constantFrom('ann', 'bea'), { nil: undefined }),
      }),
      fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: 0, max: 16 * MINUTE }) }),
      fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: 0, max: 8 * HOUR }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { sessions, now, pass } = withClock();
        let list: readonly Plain[] = [];
        const ids: string[] = [];
        const live = () => {
          list = list.filter(({ began, used }) => now() - used < 15 * MINUTE && now() - began < 8 * HOUR);
        };
        for (const one of steps) {
          if (!('which' in one)) {
            if ('ms' in one) pass(one.ms);
            else {
              const values: Values = one.person === undefined ? {} : { person: one.person };
              const { id } = sessions.begin(values);
              ids.push(id);
              list = [...list, { id, person: one.person, began: now(), used: now() }];
            }
            continue;
          }
          live();
          const id = ids.at(-1 - one.which) ?? 'none';
          const found = list.find((plain) => plain.id === id);
          if ('person' in one) {
            const next = sessions.rotate(id, one.person === undefined ? {} : { person: one.person });
            assert.equal(next === undefined, found === undefined);
            if (next === undefined || found === undefined) continue;
            ids.push(next.id);
            const began = one.person === found.person ? found.began : now();
            list = list.filter((plain) => plain !== found);
            list = [...list, { id: next.id, person: one.person, began, used: now() }];
          } else if (one.kind === 'read') {
            const read = sessions.read(id);
            assert.equal(read === undefined, found === undefined);
            assert.equal(read?.person, found?.person);
            list = list.map((plain) => (plain === found ? { ...plain, used: now() } : plain));
          } else {
            sessions.end(id);
            list = list.filter((plain) => plain !== found);
          }
        }
        live();
        for (const { id, person } of list) assert.equal(sessions.read(id)?.person, person);
        assert.equal(ids.filter((id) => sessions.read(id) !== undefined).length, list.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a form', () => {
  it('is of its session alone, and of no session before', () => {
    const { sessions } = withClock();
    const [mine, other] = [sessions.begin({ person: 'ann' }), sessions.begin({ person: 'bea' })];
    const seal = sealForm(mine.session);
    assert.ok(isSealed(mine.session, seal));
    assert.ok(!isSealed(other.session, seal));
    const retitled = sessions.rotate(mine.id, { person: 'ann', title: 'Auditor' }) ?? assert.fail();
    assert.ok(!isSealed(retitled.session, seal), 'a form opened under one title is not sent under another');
  });

  it('without its proof, or with another, is not taken', () => {
    const { session } = withClock().sessions.begin();
    const seal = sealForm(session);
    for (const given of [
      undefined,
      '',
      '.',
      seal.slice(1),
      seal.slice(0, -4),
      `${seal}.x`.slice(1),
      session.csrf,
    ])
      assert.ok(!isSealed(session, given), String(given));
    fc.assert(fc.property(fc.string(), (given) => !isSealed(session, given)));
  });
});

describe('the cookie', () => {
  it('has a name for each office, for cookies do not tell ports apart', () => {
    const names = (['irs', 'customs', 'justice'] as const).map((office) =>
      cookieName({ office, secure: false }),
    );
    assert.deepEqual(names, ['waybill-irs', 'waybill-customs', 'waybill-justice']);
  });

  it('is for the server alone, comes along from the provider, and over https is this host’s alone', () => {
    assert.deepEqual(cookieOptions({ office: 'customs', secure: false }), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: false,
    });
    assert.equal(cookieOptions({ office: 'customs', secure: true }).secure, true);
    assert.equal(cookieName({ office: 'customs', secure: true }), '__Host-waybill-customs');
  });
});
