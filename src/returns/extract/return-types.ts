/**
 * The values of `ReturnHeader/ReturnTypeCd` (`ReturnType` before 2013) that MeF takes: the forms of IRS's list of MeF
 * schemas (1040 and 4868; 1120, 1120-F, 1120-S and 7004; 1120-POL, the 990 family and 8868; 1065 and 1065-B; 2290, 720 and
 * 8849; 1041; 94x), with the others of Publication 4164, spelled as the document names of the MeF stylesheets spell them.
 * A return of any other type is refused, because what it is decides in which Code chapter its items stand.
 */
const returnTypes = [
  ...['1040', '1040A', '1040EZ', '1040NR', '1040NREZ', '1040PR', '1040SR', '1040SS', '1040SSPR', '1040X'],
  ...['2350', '4868', '56', '9465', '709', '1041', '1042', '1065', '1065B', '1066', '8804'],
  ...['1120', '1120C', '1120F', '1120FSC', '1120H', '1120L', '1120ND', '1120PC', '1120POL', '1120REIT'],
  ...['1120RIC', '1120S', '1120SF', '1120X', '7004', '8868'],
  ...['990', '990EZ', '990N', '990PF', '990T', '4720', '5227', '5330', '8038CP'],
  ...[
    '940',
    '940PR',
    '941',
    '941PR',
    '941SS',
    '941SSPR',
    '941X',
    '943',
    '943PR',
    '943X',
    '944',
    '945',
    '945X',
    'CT1',
  ],
  ...['720', '2290', '8849'],
] as const;

const known: ReadonlySet<string> = new Set(returnTypes);

export const isReturnType = (code: string): boolean => known.has(code);
