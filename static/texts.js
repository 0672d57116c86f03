// The texts that scripts show. Modules without side effects: in production an import names the file
// without its hash, so a module that a page also loads by its hashed name would run twice.

/** Translates a text if the page loads Django's JavaScript catalogue; without, it is English. */
export const gettext = (text) => globalThis.django?.gettext?.(text) ?? text;

/** Puts values into a translated text: interpolate("Not saved (%(status)s)", { status }). */
export const interpolate = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (_match, name) => values[name]);
