import type { Route } from '../route.ts';
import { correctRoutes } from './acts/correct.ts';
import { engageRoutes } from './acts/engage.ts';
import { incidentRoutes } from './acts/incident.ts';
import { keepingRoutes } from './acts/keeping.ts';
import { openRoutes } from './acts/open.ts';
import { paperRoutes } from './acts/papers.ts';
import { recallRoutes } from './acts/recall.ts';
import { caseRoutes } from './case.ts';
import { casesRoutes } from './cases.ts';
import { homeRoutes } from './home.ts';
import { inboxRoutes } from './inbox.ts';
import { lawRoutes } from './law.ts';
import { letterRoutes } from './letters.ts';
import { officeRoutes } from './offices.ts';
import { peopleFormRoutes } from './people-forms.ts';
import { peopleRoutes } from './people.ts';
import { ruleRoutes } from './rule.ts';
import { settingsRoutes } from './settings.ts';

/** The pages that all three offices share. */
export const commonRoutes: readonly Route[] = [
  ...homeRoutes,
  ...inboxRoutes,
  ...casesRoutes,
  ...letterRoutes,
  ...caseRoutes,
  ...openRoutes,
  ...paperRoutes,
  ...engageRoutes,
  ...keepingRoutes,
  ...recallRoutes,
  ...incidentRoutes,
  ...correctRoutes,
  ...peopleRoutes,
  ...peopleFormRoutes,
  ...officeRoutes,
  ...lawRoutes,
  ...ruleRoutes,
  ...settingsRoutes,
];
