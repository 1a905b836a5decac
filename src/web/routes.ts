import { commonRoutes } from './pages/common.ts';
import { custodyRoutes } from './pages/custody.ts';
import { deskRoutes } from './pages/desk.ts';
import { jobRoutes } from './pages/jobs.ts';
import { mayIRoutes } from './pages/may-i.ts';
import { requestRoutes } from './pages/request.ts';
import { reviewRoutes } from './pages/review.ts';
import type { Route } from './route.ts';

/** The table of all routes of all offices. Who is not named in a line has no such page. */
export const routes: readonly Route[] = [
  ...commonRoutes,
  ...requestRoutes,
  ...mayIRoutes,
  ...reviewRoutes,
  ...custodyRoutes,
  ...deskRoutes,
  ...jobRoutes,
];
