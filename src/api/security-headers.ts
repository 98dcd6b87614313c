/**
 * Headers that keep a browser from doing anything with an answer but showing it. No HSTS: the server speaks plain
 * HTTP on the loopback, and whoever puts TLS before it decides that there.
 */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: false,
  });
}
