/** A sign-in under way: what the answer has to fit. It stays in the session and is used once. */
export interface Pending {
  /** Ties the answer to this browser (RFC 6749 section 10.12). */
  readonly state: string;
  /** Ties the ID token to this sign-in (OpenID Connect Core section 3.1.2.1). */
  readonly nonce: string;
  /** Ties the code to whoever asked for it (RFC 7636). */
  readonly verifier: string;
  /** The local path that was wanted. */
  readonly to: string;
}

/** Who signed in, as the provider knows them: whether this office's directory does is for the site to ask. */
export interface SignedIn {
  /** The person's id in this office's directory. */
  readonly person: string;
  /** Where the browser goes after it has signed out here, to sign out at the provider too. Secret: it holds the ID token. */
  readonly endSession?: URL;
}

/** Through the agency's OpenID provider. */
export interface ProviderLogin {
  readonly kind: 'oidc';
  /** Origin of the provider's sign-in page, for `form-action`. */
  readonly provider: string;
  /** Where to send the browser, and what to keep in its session until it is back. */
  readonly begin: (to: string) => Promise<{ readonly location: URL; readonly pending: Pending }>;
  /**
   * Judges the address that the browser came back to. Take `pending` out of the session first: an answer that fails is not
   * tried again. Throws a ProblemError: `not-signed-in`, or `login-unfit` where the provider does not answer.
   */
  readonly finish: (callback: URL, pending: Pending) => Promise<SignedIn>;
}

/** A fictional person of the demo's directory. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** The demonstration's: whoever comes says whom they want to be. */
export interface DemoLogin {
  readonly kind: 'demo';
  readonly people: readonly DemoPerson[];
  /** Throws a ProblemError where the list has no such person. */
  readonly choose: (id: string) => SignedIn;
}

export type Login = ProviderLogin | DemoLogin;

const HERE = 'http://here.invalid';
const LONGEST = 512;

/**
 * Where to go after the sign-in: the path given, or `/` where it is not one of this site. A sign-in page that sends people on
 * to wherever its address says lends this office's name to a forger's copy of it. Browsers read `\` as `/` and skip control
 * characters, so that `/\evil.example` and `/<tab>/evil.example` name another site too.
 */
export const localPath = (given: string): string => {
  if (given.length > LONGEST || !/^\/[!-[\]-~]*$/.test(given)) return '/';
  // `/.//evil.example` is ours still, but `//evil.example` once somebody writes it shorter.
  const read = URL.parse(given, HERE);
  return read?.origin === HERE && !read.pathname.startsWith('//') ? given : '/';
};
