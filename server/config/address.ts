import type { ConfigProblem } from '#server/config/config-error.ts';

const USUAL_PORT = 7233;

/** `host:port`, from `host`, `host:port` or an IPv6 address in brackets. */
export function parseAddress(text: string, problems: ConfigProblem[]): string {
  const problem = (what: string) => {
    problems.push({
      variable: 'TEMPORAL_ADDRESS',
      problem: `(${JSON.stringify(text)}) ${what}`,
      example: 'temporal.example.com:7233',
    });
    return text;
  };
  if (text.includes('://')) return problem('has a scheme; give host:port, and set TEMPORAL_TLS=true for TLS');
  const [, host, port = String(USUAL_PORT)] = /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === undefined) return problem('is not host:port');
  if (Number(port) < 1 || Number(port) > 65_535) return problem('has a port that is none');
  return `${host}:${port}`;
}
