import { bareHost, whyNotListen } from '#server/cli/serve/ports.ts';
import { CodedError } from '#server/errors.ts';

/** Throws with the next step when the port cannot be listened on: better before a build of a minute than after it. */
export async function checkPort(host: string, port: number): Promise<void> {
  const reason = await whyNotListen(bareHost(host), port);
  if (reason !== null) throw portProblem(host, port, reason);
}

export function portProblem(host: string, port: number, reason: string): CodedError {
  const where = `port ${port} on ${host}`;
  switch (reason) {
    case 'EADDRINUSE':
      return new CodedError(
        'invalid-request',
        `${where} is taken by another program.`,
        `Stop that program, or choose another port, for example PATCHBOARD_PORT=${port === 65_535 ? port - 1 : port + 1}.`,
      );
    case 'EACCES':
      return new CodedError(
        'invalid-request',
        `${where} may not be used by this user.`,
        'Choose a port above 1023 with PATCHBOARD_PORT.',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CodedError(
        'invalid-request',
        `${host} is no address of this machine.`,
        'Set PATCHBOARD_HOST to an address of this machine, for example 127.0.0.1.',
      );
    default:
      return new CodedError(
        'invalid-request',
        `${where} cannot be listened on (${reason}).`,
        'Choose another PATCHBOARD_HOST or PATCHBOARD_PORT.',
      );
  }
}
