const BRAND = Symbol.for('patchboard.config-error');

/** One setting that cannot be used: its name, what is wrong with the value, and a value that would do. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/** Stops the start. Its message names every bad setting, never a secret's value. */
export class ConfigError extends Error {
  readonly [BRAND] = true;
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(describe).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** By brand, not `instanceof`: bundles hold several copies of this class. */
export function isConfigError(error: unknown): error is ConfigError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

function describe({ variable, problem, example }: ConfigProblem): string {
  return `${variable} ${problem}. Example: ${variable}=${example}`;
}
