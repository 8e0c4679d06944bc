/** Which screen an address means. Pure: no window here, so that node can test it. */

/** @typedef {Record<string, string>} Params */

/**
 * '/ladder/:id/edit' → a function from a path to its params, or null.
 * @param {string} pattern
 * @returns {(path: string) => Params | null}
 */
export function matcher(pattern) {
  const names = /** @type {string[]} */ ([]);
  const source = pattern.replace(/:(\w+)/g, (_, name) => { names.push(name); return '([^/]+)'; });
  const expression = new RegExp(`^${source}$`);
  return (path) => {
    const found = expression.exec(path);
    return found && Object.fromEntries(names.map((name, i) => [name, decode(found[i + 1])]));
  };
}

/**
 * The path inside a hash: '#/step/1?x' → '/step/1'. Anything odd is home.
 * @param {string} hash
 */
export function pathOf(hash) {
  const path = hash.replace(/^#/, '').split('?')[0];
  return path.startsWith('/') ? path : '/';
}

/**
 * What stands behind the question mark of a hash: '#/welcome?from=x' → {from: 'x'}.
 * @param {string} hash
 * @returns {Params}
 */
export function queryOf(hash) {
  return Object.fromEntries(new URLSearchParams(hash.split('?')[1] ?? ''));
}

/**
 * The first route that fits, or null. `routes` are [pattern, anything, …].
 * @template {readonly [string, ...unknown[]]} Route
 * @param {readonly Route[]} routes
 * @param {string} hash
 * @returns {{route: Route, params: Params} | null}
 */
export function match(routes, hash) {
  const path = pathOf(hash);
  for (const route of routes) {
    const params = matcher(route[0])(path);
    if (params) return { route, params: { ...queryOf(hash), ...params } };
  }
  return null;
}

/** A hand-typed '%' is no reason to break. @param {string} part */
function decode(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}
