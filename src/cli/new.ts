import { ProblemError } from '../ground/problem.ts';
import type { Exit } from './main.ts';
import { say } from './terminal.ts';

/** `waybill new case|schema`: to standard output, so that no file is ever overwritten. */
export const template = async (what: string): Promise<Exit> => {
  if (what === 'case') say([(await import('../casework/template.ts')).template.trimEnd()]);
  else if (what === 'schema')
    say([JSON.stringify((await import('../casework/case-schema.ts')).caseJsonSchema(), null, 2)]);
  else
    throw new ProblemError({
      kind: 'usage',
      what: `There is no template “${what}”.`,
      next: 'Ask for one there is: ./waybill new case > my-case.yaml, or ./waybill new schema.',
    });
  return 0;
};
