import { ProblemError } from '../ground/problem.ts';
import { checkForm } from './guard.ts';
import { type Reception, type Request, isPage, problemPage, send } from './reception.ts';
import type { Answer, Visit } from './route.ts';
import type { Sitting } from './sittings.ts';
import { nothingSent, readForm, visitAt } from './visit.ts';

/** A step that changes the session: the session to go on with, and the answer, which may depend on it. */
export type Step = (
  reception: Reception,
  c: Request,
  sitting: Sitting,
  visit: Visit,
) => Promise<Stepped> | Stepped;
type Stepped = readonly [Sitting, Answer | ((visit: Visit) => Answer)];

/** Takes such a step. A form of it that was wrong comes back. */
export const stepAt = async (
  reception: Reception,
  c: Request,
  take: Step,
  again?: (visit: Visit) => Answer,
): Promise<Response> => {
  const sitting = reception.sittings.of(c);
  const visit = await visitAt(reception, c, sitting, await readForm(c));
  try {
    if (c.req.method === 'POST') await checkForm(reception, c, sitting, visit);
    const [next, answer] = await take(reception, c, sitting, visit);
    const then = next === sitting ? visit : await visitAt(reception, c, next, nothingSent);
    return await send(reception, c, next, then, typeof answer === 'function' ? answer(then) : answer);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const page = problemPage(error, visit);
    const back = again?.({ ...visit, problem: error });
    return send(
      reception,
      c,
      sitting,
      visit,
      back !== undefined && isPage(back) ? { ...back, status: page.status ?? 422 } : page,
    );
  }
};
