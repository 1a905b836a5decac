import canonicalize from 'canonicalize';

/** JSON as RFC 8785 (JCS) writes it: one text for one value, so that a digest of it means the value. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('canonicalJson: the value has no JSON form');
  return text;
};
