import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { addressOf, openLimits } from './limits.ts';

const two = { points: 2, duration: 60 };

describe('limits', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_750_000_000_000 }));
  afterEach(() => mock.timers.reset());

  it('lets so many through, then says how long to wait, and lets in again after that', async () => {
    const { signIn } = openLimits({ signIn: two });
    assert.equal(await signIn('192.0.2.1'), undefined);
    assert.equal(await signIn('192.0.2.1'), undefined);
    assert.equal(await signIn('192.0.2.1'), 60);
    mock.timers.tick(45_500);
    assert.equal(await signIn('192.0.2.1'), 15, 'whole seconds, never too few');
    mock.timers.tick(15_000);
    assert.equal(await signIn('192.0.2.1'), undefined);
  });

  it('counts each address for itself', async () => {
    const { signIn } = openLimits({ signIn: { points: 1, duration: 60 } });
    assert.equal(await signIn('192.0.2.1'), undefined);
    assert.equal(await signIn('192.0.2.2'), undefined);
    assert.equal(await signIn('192.0.2.1'), 60);
  });

  it('counts a network of IPv6 as one, however its addresses are written', async () => {
    const { signIn } = openLimits({ signIn: { points: 1, duration: 60 } });
    assert.equal(await signIn('2001:db8:0:1::1'), undefined);
    for (const same of ['2001:db8:0:1:ffff::2', '2001:0DB8::1:0:0:0:9', '2001:db8:0:1::192.0.2.7'])
      assert.equal(await signIn(same), 60, same);
    for (const other of ['2001:db8:0:2::1', '2001:db8::1', '::1', 'fe80::1%eth0'])
      assert.equal(await signIn(other), undefined, other);
  });

  it('counts questions to the API by person, apart from acts, and strangers by network', async () => {
    const one = { points: 1, duration: 60 };
    const { act, ask, strange, signIn } = openLimits({ acts: one, asked: one, strange: one, signIn: one });
    assert.equal(await ask('jordan-vale'), undefined);
    assert.equal(await ask('jordan-vale'), 60);
    assert.equal(await ask('val-oakes'), undefined);
    assert.equal(await act('jordan-vale'), undefined);
    assert.equal(await strange('2001:db8:0:1::1'), undefined);
    assert.equal(await strange('2001:db8:0:1::2'), 60);
    assert.equal(await signIn('2001:db8:0:1::2'), undefined);
  });

  it('counts acts by person, apart from sign-ins', async () => {
    const { signIn, act } = openLimits({ signIn: { points: 1, duration: 60 }, acts: two });
    assert.equal(await signIn('192.0.2.1'), undefined);
    assert.equal(await act('ann'), undefined);
    assert.equal(await act('ann'), undefined);
    assert.equal(await act('ann'), 60);
    assert.equal(await act('bea'), undefined);
  });

  it('counts a crowd as one from the fifty-thousandth on, and everyone known before it still for themselves', async () => {
    const { act } = openLimits({ acts: two });
    for (let n = 0; n < 50_000; n += 1) assert.equal(await act(`p${n}`), undefined);
    assert.equal(await act('late 1'), undefined);
    assert.equal(await act('late 2'), undefined);
    assert.equal(await act('late 3'), 60);
    assert.equal(await act('p7'), undefined);
    mock.timers.tick(60_000);
    assert.equal(await act('late 3'), undefined);
  });
});

describe('the address of who asks', () => {
  it('is the socket’s, whatever the request says', () => {
    assert.equal(addressOf('192.0.2.1', '198.51.100.9'), '192.0.2.1');
    assert.equal(addressOf('::ffff:192.0.2.1', undefined), '192.0.2.1');
    assert.equal(addressOf('127.0.0.1', '198.51.100.9'), '127.0.0.1', 'loopback is not trusted by itself');
    assert.equal(addressOf(undefined, '198.51.100.9'), '');
  });

  it('is what a named proxy added, and nothing that it was handed', () => {
    const proxies = ['127.0.0.1', '10.0.0.2'];
    assert.equal(addressOf('127.0.0.1', '203.0.113.5, 198.51.100.9', proxies), '198.51.100.9');
    assert.equal(addressOf('127.0.0.1', '203.0.113.5, 198.51.100.9, 10.0.0.2', proxies), '198.51.100.9');
    assert.equal(addressOf('127.0.0.1', '203.0.113.5, gibberish', proxies), '127.0.0.1');
    assert.equal(addressOf('127.0.0.1', undefined, proxies), '127.0.0.1');
    assert.equal(addressOf('127.0.0.1', '', proxies), '127.0.0.1');
  });
});
