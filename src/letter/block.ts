/**
 * The letter as content, before anything is drawn: a list of blocks. The PDF and the plain text are two readers of the
 * same list, so neither can say what the other does not.
 */
export type Block =
  | { readonly kind: 'letterhead'; readonly lines: readonly string[] }
  /** The addressee, and beside it the references. */
  | {
      readonly kind: 'address';
      readonly lines: readonly string[];
      readonly pairs: readonly Pair[];
    }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly newPage?: true }
  | { readonly kind: 'paragraph'; readonly text: string; readonly lead?: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'quote'; readonly paragraphs: readonly string[] }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | TableBlock
  | { readonly kind: 'signature'; readonly closing: string; readonly lines: readonly string[] };

/** A label and what stands beside it. */
export type Pair = readonly [label: string, text: string];

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly title: string;
  /** Share of the table's width. */
  readonly share: number;
  /** Numbers are set to the right, other text is not. */
  readonly numbers?: true;
}

export interface Row {
  /** One a column; `\n` breaks the line; the first names the row. */
  readonly cells: readonly string[];
  /** A row of values under an item's own row: what to print at the top of a page that begins with it. */
  readonly of?: string;
}

/** A letter ready to be read: what stands on every page, and the blocks. */
export interface LetterContent {
  readonly title: string;
  /** The office whose paper it is. */
  readonly author: string;
  readonly reference: string;
  readonly date: string;
  readonly label: { readonly name: string; readonly law: string };
  readonly notice: string | undefined;
  readonly digest: string;
  readonly blocks: readonly Block[];
}
