/** A chapter of the Internal Revenue Code: `1`, `2A`, `24`. */
export type Chapter = string;

/**
 * Where something stands under paragraph (a): every chapter it concerns is 1 or 6; none is; some are; it imposes no tax
 * and is open to the public (26 USC 6104); or paragraph (d) excludes it.
 */
export const standings = ['in', 'out', 'mixed', 'public', 'excluded'] as const;
export type Standing = (typeof standings)[number];

/** What a person must look at before release: see the table's notes. `counsel` marks a point where lawyers differ. */
export const flags = ['relevance', 'treaty', 'impairment', 'apa', 'counsel', 'public'] as const;
export type Flag = (typeof flags)[number];

/** The Code chapters whose tax a form or an item concerns, with the section that says so. */
export interface ChapterFinding {
  readonly standing: Standing;
  /** Several where one form or line adds taxes of several chapters; none for a file that paragraph (d) excludes. */
  readonly chapters: readonly Chapter[];
  /** The imposing section of title 26, such as `§ 6038A re chapter 1`. */
  readonly source: string;
  /** Empty where there is none. */
  readonly note: string;
  readonly flags: readonly Flag[];
}

const chaptersOfParagraphA: ReadonlySet<Chapter> = new Set(['1', '6']);

/** The standing that a list of chapters has under paragraph (a). */
export const standingOf = (chapters: readonly Chapter[]): 'in' | 'out' | 'mixed' => {
  const within = chapters.filter((chapter) => chaptersOfParagraphA.has(chapter)).length;
  if (within === 0) return 'out';
  return within === chapters.length ? 'in' : 'mixed';
};

/** The one answer that several findings agree on by their chapters; `undefined` where they differ or one is unknown. */
export const onlyFinding = (
  findings: readonly (ChapterFinding | undefined)[],
): ChapterFinding | undefined => {
  const spelled = new Set(findings.map((finding) => finding?.chapters.join(';')));
  return spelled.size === 1 ? findings[0] : undefined;
};
