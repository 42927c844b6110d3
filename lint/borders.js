// @ts-check
/**
 * The house rules as lint: which room may import which (denied by default), no cast through `unknown`, no server action,
 * no barrel. One table; `borders.test.ts` proves that each crossing fails.
 */

/** Room → rooms it may import. A file in no room may import anything (root configuration). */
export const ROOMS = {
  'lib/domain': ['lib/domain'],
  'lib/api': ['lib/api', 'lib/domain', 'lib/routes.ts'],
  'lib/format': ['lib/format', 'lib/domain'],
  'lib/routes.ts': ['lib/routes.ts', 'lib/domain', 'lib/api'],
  server: ['server', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
  components: ['components', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
  app: ['app', 'components', 'server', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
  e2e: ['e2e', 'app', 'components', 'server', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
};

/** Packages that only some rooms may name. The first matching entry decides. */
const PACKAGES = [
  {
    name: /^@temporalio\/proto(\/|$)/,
    rooms: ['server/temporal', 'e2e'],
    why: 'only server/temporal knows proto types',
  },
  { name: /^@grpc\/grpc-js(\/|$)/, rooms: ['server/temporal', 'e2e'], why: 'only server/temporal opens channels' },
  { name: /^(kysely|better-sqlite3)(\/|$)/, rooms: ['server/store', 'e2e'], why: 'only server/store knows SQL' },
  { name: /^server-only$/, rooms: ['app'], why: 'it throws in plain Node, where the command and the tests run' },
];

/** @param {string} path a path relative to the root, with forward slashes */
export function roomOf(path) {
  return Object.keys(ROOMS).find((room) => path === room || path.startsWith(`${room}/`));
}

/**
 * @param {string} file importing file, relative to the root
 * @param {string} specifier what it imports
 * @returns {string | undefined} why the import is not allowed
 */
export function refusal(file, specifier) {
  if (specifier.startsWith('../')) return 'import across folders with #room/…, relative only within a folder';
  const room = roomOf(file);
  const isTest = /\.i?test\.tsx?$/.test(file);
  if (specifier.startsWith('#')) {
    const target = roomOf(specifier.slice(1));
    if (room === undefined || specifier === '#package.json') return undefined;
    if (target === undefined) return `${specifier} is in no room of the house`;
    if (isTest && target === 'e2e' && room === 'server') return undefined;
    const allowed = ROOMS[/** @type {keyof typeof ROOMS} */ (room)];
    return allowed.includes(target) ? undefined : `${room} may not import ${target}`;
  }
  if (specifier.startsWith('./')) return undefined;
  // What tests share (generators, builders) lies in folders named `testing`.
  if (room === 'lib/domain' && !isTest && !file.includes('/testing/'))
    return 'lib/domain is pure: it imports only lib/domain';
  const rule = PACKAGES.find((entry) => entry.name.test(specifier));
  if (rule && room && !rule.rooms.some((allowed) => file.startsWith(`${allowed}/`))) return rule.why;
  return undefined;
}

const cwd = process.cwd().replaceAll('\\', '/');

/** @param {string} filename */
function relative(filename) {
  const path = filename.replaceAll('\\', '/');
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}

const imports = {
  /** @param {any} context */
  create(context) {
    const file = relative(context.filename ?? context.getFilename());
    /** @param {any} node */
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const why = refusal(file, specifier);
      if (why) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
      /** @param {any} node */
      ExportAllDeclaration(node) {
        context.report({ node, message: 'no barrels: import from the file that defines it' });
      },
    };
  },
};

const noDoubleCast = {
  /** @param {any} context */
  create(context) {
    return {
      /** @param {any} node */
      TSAsExpression(node) {
        const inner = node.expression;
        if (inner?.type === 'TSAsExpression' && inner.typeAnnotation?.type === 'TSUnknownKeyword') {
          context.report({
            node,
            message: 'a cast through unknown is an escape hatch: give it a named helper with its guarantee',
          });
        }
      },
    };
  },
};

const noServerAction = {
  /** @param {any} context */
  create(context) {
    return {
      /** @param {any} node */
      ExpressionStatement(node) {
        if (node.expression?.type === 'Literal' && node.expression.value === 'use server') {
          context.report({ node, message: 'no server actions: mutations are plain route handlers' });
        }
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { imports, 'no-double-cast': noDoubleCast, 'no-server-action': noServerAction },
};
