import { after } from './facts-after.ts';
import { request } from './facts-request.ts';

export const facts = { ...request, ...after };
