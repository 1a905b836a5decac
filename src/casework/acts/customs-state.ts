import type { Day } from '../../ground/dates.ts';
import type { Entry } from '../after/conditions.ts';
import { evolveHolding } from '../after/evolve.ts';
import { type Holding, initialHolding } from '../after/holding.ts';
import type { Outcome, Reason } from './answer.ts';
import type { EventOf, Happened, Stamp } from './events.ts';
import type { Draft, OpenDraft, Signature } from './request.ts';

/** What has come of one item that was asked for. */
export interface ReceivedItem {
  readonly outcome: Outcome;
  /** Where it lies in the vault. */
  readonly content?: string;
  readonly reasons?: readonly Reason[];
}

export interface CustomsState {
  readonly draft: OpenDraft | undefined;
  readonly signed: { readonly dated: Day; readonly signature: Signature } | undefined;
  readonly sent: { readonly packet: string; readonly jws: string; readonly on: Day } | undefined;
  readonly withdrawn:
    | { readonly reason: string; readonly on: Day; readonly packet?: string; readonly jws?: string }
    | undefined;
  readonly answer: { readonly packet: string; readonly on: Day; readonly letter?: string } | undefined;
  readonly items: ReadonlyMap<string, ReceivedItem>;
  readonly openings: readonly {
    readonly item: string;
    readonly by: Stamp['by'];
    readonly on: Day;
    readonly because: string;
  }[];
  /** What is held after the answer, and what has become of it. */
  readonly holding: Holding;
  /** The body of one of the case's events can no longer be read. */
  readonly shredded: boolean;
}

export type CustomsEvent =
  | EventOf<'request-drafted', { readonly document: OpenDraft }>
  | EventOf<
      'request-signed',
      { readonly dated: Day; readonly signature: Signature; readonly document: string }
    >
  | EventOf<'request-sent', { readonly packet: string; readonly jws: string }>
  | EventOf<'item-requested', { readonly item: Draft['items'][number]; readonly dated: Day }>
  | EventOf<'request-withdrawn', { readonly reason: string; readonly packet?: string; readonly jws?: string }>
  | EventOf<
      'answer-received',
      {
        readonly packet: string;
        readonly head?: string;
        readonly entry?: Entry;
        readonly jws?: string;
        readonly letter?: string;
      }
    >
  | EventOf<'item-received', ReceivedItem>
  | EventOf<'letter-opened', { readonly because: string; readonly content: string }>
  | EventOf<'item-opened', { readonly because: string; readonly content: string }>;

export const initialCustoms: CustomsState = {
  draft: undefined,
  signed: undefined,
  sent: undefined,
  withdrawn: undefined,
  answer: undefined,
  items: new Map(),
  openings: [],
  holding: initialHolding('Customs'),
  shredded: false,
};

const evolveRequest = (state: CustomsState, happened: Happened): CustomsState => {
  const event = happened as CustomsEvent;
  if (event.data === null) return { ...state, shredded: true };
  const { by, on } = event.data;
  switch (event.kind) {
    case 'request-drafted':
      // Whatever was signed was another text.
      return { ...state, draft: event.data.document, signed: undefined };
    case 'request-signed':
      return { ...state, signed: { dated: event.data.dated, signature: event.data.signature } };
    case 'request-sent':
      return { ...state, sent: { packet: event.data.packet, jws: event.data.jws, on } };
    case 'item-requested':
    case 'letter-opened':
      return state;
    case 'request-withdrawn': {
      const { reason, packet, jws } = event.data;
      const letter = packet === undefined || jws === undefined ? {} : { packet, jws };
      return { ...state, withdrawn: { reason, on, ...letter } };
    }
    case 'answer-received': {
      const { packet, letter } = event.data;
      return { ...state, answer: { packet, on, ...(letter === undefined ? {} : { letter }) } };
    }
    case 'item-received': {
      const { outcome, content, reasons } = event.data;
      const received: ReceivedItem = {
        outcome,
        ...(content === undefined ? {} : { content }),
        ...(reasons === undefined ? {} : { reasons }),
      };
      return { ...state, items: new Map(state.items).set(event.item ?? '', received) };
    }
    case 'item-opened':
      return {
        ...state,
        openings: [...state.openings, { item: event.item ?? '', by, on, because: event.data.because }],
      };
    default:
      // What comes after the answer is the holding’s to read, and it knows every kind there is.
      return state;
  }
};

export const evolveCustoms = (state: CustomsState, happened: Happened): CustomsState => ({
  ...evolveRequest(state, happened),
  holding: evolveHolding(state.holding, happened),
});

export const foldCustoms = (events: readonly Happened[]): CustomsState =>
  events.reduce(evolveCustoms, initialCustoms);

/** Where the case stands, in words for a screen. */
export const customsStage = (state: CustomsState) =>
  state.answer !== undefined
    ? 'answered'
    : state.withdrawn !== undefined
      ? 'withdrawn'
      : state.sent !== undefined
        ? 'sent'
        : state.signed !== undefined
          ? 'signed'
          : state.draft !== undefined
            ? 'drafted'
            : 'nothing';
