import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * The operator’s log, as JSON lines. Nothing of a case is given to it, and what could slip in with an error or a request is cut
 * out here once more: DESIGN section 5.
 */
export const operatorLog = (to?: DestinationStream): Logger =>
  pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'err',
          'error',
          'cause',
          'message',
          'stack',
          'body',
          'form',
          'query',
          'headers',
          'req',
          'res',
          'cookie',
          'token',
          'taxpayer',
          'name',
          'content',
        ],
        remove: true,
      },
    },
    to,
  );
