/** A tool that the tests need cannot be had here. The message says what to install. */
export class ToolMissingError extends Error {
  override readonly name = 'ToolMissingError';
}
