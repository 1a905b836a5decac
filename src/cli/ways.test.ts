import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import type { Way } from '../ground/ways.ts';
import { afterCommands } from './after-commands.ts';
import { nodeCommands } from './node-commands.ts';
import { recordCommands } from './record-commands.ts';
import { commands, nextLines, problemLines } from './ways.ts';

/** The commands that main.ts makes itself; `waybill --help` is asked of them elsewhere. */
const ofMain = ['new', 'items'];

test('every way ends at a command that there is', () => {
  const program = new Command();
  for (const add of [nodeCommands, recordCommands, afterCommands]) add(program, () => Promise.resolve());
  for (const [way, line] of Object.entries(commands)) {
    const [first = '', ...rest] = line.split(' ');
    if (ofMain.includes(first)) continue;
    let command = program.commands.find((one) => one.name() === first);
    assert.ok(command, `${way}: waybill has no command ${first}`);
    for (const word of rest) {
      if (word.startsWith('--')) {
        assert.ok(
          command.options.some(({ long }) => long === word),
          `${way}: ${line}`,
        );
      } else if (!/^[<>]|>$|\.yaml$/.test(word)) {
        command = command.commands.find((one) => one.name() === word);
        assert.ok(command, `${way}: ${line}`);
      }
    }
    const wanted = (line.match(/(?<!--\w+ )<[^>]+>/g) ?? []).length;
    assert.ok(wanted <= command.registeredArguments.length, `${way}: ${line} takes fewer arguments`);
  }
});

test('the sentence, and after it the command', () => {
  assert.deepEqual(nextLines({ next: 'Ask a colleague who holds such a title.', way: 'people' }), [
    '  → Ask a colleague who holds such a title: ./waybill people',
  ]);
  assert.deepEqual(nextLines({ next: 'Give both, or neither.' }), ['  → Give both, or neither.']);
});

test('what to do next is no wider than 80 columns, and no command is broken; the first line stays whole', () => {
  for (const [way, command] of Object.entries(commands))
    for (let words = 1; words < 30; words++) {
      const next = `${'Look it up '.repeat(words).trim()}.`;
      const what = `${'It is not so '.repeat(words).trim()}.`;
      const [first, ...lines] = problemLines({
        kind: 'not-in-order',
        what,
        where: 'items/purchases',
        cite: '(b)(3)',
        next,
        way: way as Way,
      });
      assert.equal(first, `items/purchases: ${what}  [(b)(3)]`);
      for (const line of lines) assert.ok(line.length <= 80, line);
      assert.ok(
        lines.some((line) => line.endsWith(` ./waybill ${command}`)),
        `broken: ${lines.join('\n')}`,
      );
      assert.equal(lines.join(' ').replace(/\s+/g, ' '), ` → ${next.slice(0, -1)}: ./waybill ${command}`);
    }
});
