import { type GoProgram, goInstall } from './go-install.ts';

/** Which server: the newest that can be built from its public source, or the oldest that Patchboard promises to work with. */
export type TemporalVersion = 'newest' | 'old';

const PROGRAMS: Readonly<Record<TemporalVersion, GoProgram>> = {
  // v1.32.1 and later want a newer Go than Debian and the usual images have.
  newest: {
    path: 'go.temporal.io/server/cmd/server',
    version: 'v1.32.0',
    folder: 'temporal-server-1.32.0',
    binary: 'server',
  },
  // The newest command that `go install` takes: later ones hold a `replace`. It brings server 1.29.1.
  old: {
    path: 'github.com/temporalio/cli/cmd/temporal',
    version: 'v1.5.1',
    folder: 'temporal-cli-1.5.1',
    binary: 'temporal',
  },
};

/** Path of the program, built on first use. */
export function temporalBinary(version: TemporalVersion): Promise<string> {
  return goInstall(PROGRAMS[version]);
}
