/** Who runs the command, by the environment's word. */
export function actorOf(env: Readonly<Record<string, string | undefined>>): string {
  return `cli:${env.USER ?? 'unknown'}`;
}
