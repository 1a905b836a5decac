/** A small check of an OpenAPI 3.1 document: what OAS 3.1.0 demands of the parts that ours has. */

type Node = Record<string, unknown>;

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const nodeAt = (value: unknown): Node => (isNode(value) ? value : {});
const listAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** JSON Schema 2020-12, as OAS 3.1 uses it: no keyword of OAS 3.0. */
const schemaFaults = (schema: unknown, at: string): string[] => {
  if (typeof schema === 'boolean') return [];
  if (!isNode(schema)) return [`${at}: no schema`];
  const {
    type,
    properties,
    required,
    items,
    enum: values,
    anyOf,
    allOf,
    oneOf,
    additionalProperties,
  } = schema;
  return [
    ...('nullable' in schema ? [`${at}: nullable is of OAS 3.0`] : []),
    ...(typeof schema['exclusiveMinimum'] === 'boolean' ? [`${at}: exclusiveMinimum is a number`] : []),
    ...(typeof type === 'string' ? [type] : listAt(type).map(String)).flatMap((one) =>
      TYPES.has(one) ? [] : [`${at}: type ${one}`],
    ),
    ...listAt(required).flatMap((name) =>
      String(name) in nodeAt(properties) ? [] : [`${at}: requires ${String(name)}`],
    ),
    ...(values !== undefined && listAt(values).length === 0 ? [`${at}: empty enum`] : []),
    ...Object.entries(nodeAt(properties)).flatMap(([name, one]) => schemaFaults(one, `${at}.${name}`)),
    ...(items === undefined ? [] : schemaFaults(items, `${at}[]`)),
    ...(additionalProperties === undefined ? [] : schemaFaults(additionalProperties, `${at}{}`)),
    ...[anyOf, allOf, oneOf].flatMap(listAt).flatMap((one, n) => schemaFaults(one, `${at}|${n}`)),
  ];
};

const contentFaults = (holder: unknown, at: string): string[] =>
  Object.entries(nodeAt(nodeAt(holder)['content'])).flatMap(([media, one]) => [
    ...(/^[a-z]+\/[a-z+-]+$/.test(media) ? [] : [`${at}: media type ${media}`]),
    ...schemaFaults(nodeAt(one)['schema'], `${at} ${media}`),
  ]);

const operationFaults = (path: string, operation: Node, at: string): string[] => {
  const parameters = listAt(operation['parameters']).map(nodeAt);
  const inPath = parameters.filter((one) => one['in'] === 'path').map((one) => String(one['name']));
  const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const responses = Object.entries(nodeAt(operation['responses']));
  return [
    ...(inPath.sort().join() === inTemplate.sort().join() ? [] : [`${at}: path parameters ${inPath.join()}`]),
    ...parameters.flatMap((one) => [
      ...(['path', 'query', 'header'].includes(String(one['in']))
        ? []
        : [`${at}: parameter in ${String(one['in'])}`]),
      ...(one['in'] === 'path' && one['required'] !== true ? [`${at}: a path parameter is required`] : []),
      ...schemaFaults(one['schema'], `${at} ${String(one['name'])}`),
    ]),
    ...contentFaults(operation['requestBody'], `${at} body`),
    ...(responses.length === 0 ? [`${at}: no response`] : []),
    ...responses.flatMap(([status, one]) => [
      ...(/^([1-5]\d\d|default)$/.test(status) ? [] : [`${at}: status ${status}`]),
      ...(typeof nodeAt(one)['description'] === 'string' ? [] : [`${at}: ${status} is not described`]),
      ...contentFaults(one, `${at} ${status}`),
    ]),
  ];
};

const refsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(refsIn)
    : isNode(value)
      ? Object.entries(value).flatMap(([key, one]) => (key === '$ref' ? [String(one)] : refsIn(one)))
      : [];

const resolved = (document: Node, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => nodeAt(at)[key], document);

/** What is wrong with a document; nothing where it is sound. */
export const checkOpenApi = (document: Node): readonly string[] => {
  const { openapi, info, paths, components } = document;
  const operations = Object.entries(nodeAt(paths)).flatMap(([path, methods]) =>
    Object.entries(nodeAt(methods)).map(([method, one]) => [path, method, nodeAt(one)] as const),
  );
  const ids = operations.map(([, , one]) => String(one['operationId']));
  const schemes = nodeAt(nodeAt(components)['securitySchemes']);
  return [
    ...(/^3\.1\.\d+$/.test(String(openapi)) ? [] : [`openapi is ${String(openapi)}`]),
    ...['title', 'version'].flatMap((key) =>
      typeof nodeAt(info)[key] === 'string' ? [] : [`info has no ${key}`],
    ),
    ...Object.keys(nodeAt(paths)).flatMap((path) => (path.startsWith('/') ? [] : [`path ${path}`])),
    ...ids.filter((id, n) => ids.indexOf(id) < n).map((id) => `two operations ${id}`),
    ...operations.flatMap(([path, method, one]) => operationFaults(path, one, `${method} ${path}`)),
    ...operations.flatMap(([, , one]) =>
      listAt(one['security']).flatMap((need) =>
        Object.keys(nodeAt(need)).filter((name) => !(name in schemes)),
      ),
    ),
    ...Object.entries(nodeAt(nodeAt(components)['schemas'])).flatMap(([name, one]) =>
      schemaFaults(one, name),
    ),
    ...refsIn(document).filter((ref) => !ref.startsWith('#/') || resolved(document, ref) === undefined),
  ];
};
