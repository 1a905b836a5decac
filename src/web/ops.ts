import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Node } from '../office/node.ts';

/** What an operator can see of a site: how much, how fast, how often refused. No person, case or path that somebody typed. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts a request under the pattern of its route. */
  readonly measured: MiddlewareHandler;
  /** An attempt that was refused, by the kind of its problem. */
  readonly refused: (kind: string) => void;
}

export const openMetrics = (node: Node, sessions: () => number): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ office: node.office });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = new Histogram({
    name: 'waybill_http_request_seconds',
    help: 'Time to answer a request, by the pattern of its route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  const refused = new Counter({
    name: 'waybill_refused_total',
    help: 'Requests refused, by the kind of problem.',
    labelNames: ['kind'],
    registers,
  });
  new Gauge({
    name: 'waybill_sessions',
    help: 'Sessions open, signed in or not.',
    registers,
    collect() {
      this.set(sessions());
    },
  });
  new Gauge({
    name: 'waybill_log_entries',
    help: 'Entries under the newest signed head of each log.',
    labelNames: ['log'],
    registers,
    async collect() {
      for (const log of node.logs) {
        const head = await node.views.head(log);
        this.set({ log }, head === undefined ? 0 : openCheckpoint(head, node.signer(log).verifier).size);
      }
    },
  });
  return {
    registry,
    refused: (kind) => refused.inc({ kind }),
    measured: async (c, next) => {
      const done = seconds.startTimer();
      await next();
      done({ method: c.req.method, route: c.req.routePath, status: c.res.status });
    },
  };
};

/** `/healthz`: the process answers. `/readyz`: its database does too, and the node has not stopped for good. */
export const healthRoutes = (node: Node, ready: () => boolean): Hono => {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    if (!ready()) return c.text('stopping\n', 503);
    try {
      await node.views.head(node.log);
      return c.text('ready\n');
    } catch {
      return c.text('the database does not answer\n', 503);
    }
  });
  return app;
};

/** `/metrics`, in Prometheus’ text format. For the operator’s network: served apart from the site. */
export const metricsRoutes = ({ registry }: Metrics): Hono => {
  const app = new Hono();
  app.get('/metrics', async (c) => {
    c.header('Content-Type', registry.contentType);
    return c.body(await registry.metrics());
  });
  return app;
};
