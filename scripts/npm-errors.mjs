// @ts-check

/** @param {string} errors what npm wrote to standard error */
export function isNetworkError(errors) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|SOCKET_TIMEOUT|EIDLETIMEOUT/.test(
    errors,
  );
}

/**
 * The next step after an installation that did not succeed.
 * @param {{ errors: string, wasInterrupted: boolean }} end
 */
export function explain({ errors, wasInterrupted }) {
  if (wasInterrupted) return 'Interrupted while installing packages. The next start installs them.';
  if (/spawn \S*npm\S* ENOENT|npm: not found/.test(errors)) {
    return 'npm was not found. Install Node.js with npm, and start again.';
  }
  // ENOTCACHED: without network only npm's cache was asked.
  if (isNetworkError(errors) || errors.includes('ENOTCACHED')) {
    return (
      'The packages could not be fetched: the package registry did not answer, and npm’s cache does not hold them all.\n' +
      'Check the network (behind a proxy: `npm config set proxy` and `https-proxy`) and start again.'
    );
  }
  if (errors.includes('ENOSPC')) return 'The disk is full: the packages need about 1 GB. Make room and start again.';
  if (/EACCES|EPERM|EROFS/.test(errors)) {
    return 'npm may not write here: make this folder writable for you and start again.';
  }
  return 'The packages could not be installed; npm says why above. After mending it, start again.';
}
