import { readText } from '../office/read-text.ts';

export { readText };

/** The text of a case file. */
export const readCaseText = (file: string): string =>
  readText(
    file,
    'The case file',
    'Check the name; ./waybill new case > my-case.yaml writes one to start from.',
  );
