import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Settings } from './settings.ts';

const misdirected = 'This site is at another address.\n';

/** A page elsewhere can have its own name point at this address (DNS rebinding), and would be taken for this site’s. */
export const onlyOurHost =
  (settings: Settings): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.header('host') !== new URL(settings.origin).host) return c.text(misdirected, 421);
    await next();
  };

/**
 * Nothing inline, nothing from elsewhere, framed by nobody. Markup that somebody plants in a reason has no script to run and no
 * place to send what it reads. `img-src data:` is what the U.S. Web Design System draws its check marks with.
 */
export const securityHeaders = ({ origin }: Settings): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
    strictTransportSecurity: origin.startsWith('https:') ? 'max-age=63072000; includeSubDomains' : false,
  });
