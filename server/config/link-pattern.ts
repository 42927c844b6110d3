/**
 * Whether a text is an http(s) address that holds at least one of the placeholders, and holds none in scheme or host: a name
 * from Temporal never decides where a link leads, and never becomes `javascript:`.
 */
export function isLinkPattern(placeholders: readonly string[]): (text: string) => boolean {
  return (text) => {
    const [origin] = /^https?:\/\/[^/?#\s\\{}]+(?=[/?#]|$)/i.exec(text) ?? [];
    if (origin === undefined || !URL.canParse(text) || hasControl(text)) return false;
    const found = text.match(/\{[^{}]*\}/g) ?? [];
    return found.length > 0 && found.every((name) => placeholders.includes(name));
  };
}

function hasControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- controls are what is looked for
  return /[\u0000-\u0020\u007f]/.test(text);
}
