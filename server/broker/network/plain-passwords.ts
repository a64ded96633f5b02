/**
 * The users of PLAIN in a JAAS text, as `org.apache.kafka.common.security.plain.PlainLoginModule` takes them:
 * `PlainLoginModule required username="admin" password="…" user_alice="alice-secret" user_bob="…";`
 */
export function plainPasswords(jaas: string): ReadonlyMap<string, string> {
  const passwords = new Map<string, string>();
  for (const [, user, quoted, bare] of jaas.matchAll(/\buser_([^\s=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g)) {
    if (user === undefined) continue;
    passwords.set(user, quoted === undefined ? (bare ?? "") : quoted.replaceAll(/\\(.)/g, "$1"));
  }
  return passwords;
}
