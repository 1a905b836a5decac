import { chunksOf } from './chunks.ts';
import { HeaderReader, stepsOfHeader } from './header.ts';
import { problemAt } from './problems.ts';
import { Walk } from './walk.ts';

/** Documents of different names: MeF has about 350 forms and as many kinds of statement. */
const most = 5000;

/**
 * The documents of a return and how many it has of each, in the order they first appear. Reads the whole file, so it checks
 * it too and takes as long as an extraction. Throws ProblemErrors as `extractItems` does.
 */
export const listDocuments = async (file: string): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>();
  const reader: HeaderReader = new HeaderReader(file, () => walk.place());
  const walk: Walk = new Walk(file, stepsOfHeader(), {
    found: (found) => reader.take(found),
    versionIs: (version) => (reader.version = version),
    headerEnds: () => reader.read(),
    documentOpens: (name) => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (counts.size > most)
        throw problemAt(
          file,
          walk.place(),
          'xml-forbidden',
          `ReturnData has documents of more than ${most} different names; MeF has fewer.`,
          'Ask for the file as it was filed.',
        );
    },
  });
  for await (const chunk of chunksOf(file)) walk.write(chunk);
  walk.end();
  return counts;
};
