/** The address of a page from its parts, each of which may be what somebody wrote: a reference may hold a slash. */
export const to = (...parts: readonly (string | number)[]): string =>
  `/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
