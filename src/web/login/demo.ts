import { ProblemError } from '../../ground/problem.ts';
import type { DemoLogin, DemoPerson } from './login.ts';
import { isLoopback } from './loopback.ts';

const reachable = new ProblemError({
  kind: 'login-unfit',
  what: 'The demo login checks nobody’s identity, and this site could be reached from other machines.',
  where: 'hostname',
  next: 'Serve it at 127.0.0.1 or ::1, or give the site an OpenID provider.',
});

const unknown = new ProblemError({
  kind: 'not-signed-in',
  what: 'The demonstration has no such person.',
  where: 'person',
  next: 'Choose one of the people listed.',
});

/**
 * A login for demonstrations: whoever comes chooses one of the fictional people of the directory. `hostname` is where
 * browsers find the site, behind a proxy too; where it is not a literal loopback address, this throws and the site does not start.
 */
export const demoLogin = ({
  hostname,
  people,
}: {
  readonly hostname: string;
  readonly people: readonly DemoPerson[];
}): DemoLogin => {
  if (!isLoopback(hostname)) throw reachable;
  return {
    kind: 'demo',
    people,
    choose: (id) => {
      if (!people.some((person) => person.id === id)) throw unknown;
      return { person: id };
    },
  };
};
