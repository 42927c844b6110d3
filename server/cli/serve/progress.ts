/** Tells the person at the terminal what takes time. Quick steps say nothing. */
export interface Progress {
  /** Runs the work; says what is going on when it takes over a second, again while it lasts, and what it took. */
  readonly step: <T>(label: string, work: () => Promise<T>) => Promise<T>;
  readonly say: (line: string) => void;
}

/** Silence that a person takes for quick. */
const QUIET_MS = 1_000;
/** Sign of life while a step lasts. */
const REPEAT_MS = 10_000;

export function createProgress(write: (text: string) => void, now: () => number): Progress {
  const say = (line: string) => write(`${line}\n`);
  return {
    say,
    step: async (label, work) => {
      const startMs = now();
      const seconds = () => ((now() - startMs) / 1_000).toFixed(1);
      let hasSpoken = false;
      let repeat: NodeJS.Timeout | undefined;
      const first = setTimeout(() => {
        hasSpoken = true;
        say(`${label} …`);
        repeat = setInterval(() => say(`${label}: ${seconds()} s so far …`), REPEAT_MS);
      }, QUIET_MS);
      try {
        const result = await work();
        if (hasSpoken) say(`${label}: done in ${seconds()} s`);
        return result;
      } finally {
        clearTimeout(first);
        clearInterval(repeat);
      }
    },
  };
}
